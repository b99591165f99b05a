// Runs before the first paint: the reader's own choice of colours, if one was made.
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.scheme = chosen;
} catch (error) { /* no storage: the system's choice holds */ }
document.documentElement.classList.replace("no-js", "js");
