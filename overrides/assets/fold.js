// Long tables begin folded on a phone. Without this script they are all open; paper shows them all.
const folds = [...document.querySelectorAll("details[data-fold]")];
const phone = matchMedia("(max-width:47.99em)");

const goal = () => {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch (error) {
    return null; // what follows the # is no text
  }
};
const unfold = () => {
  const target = goal();
  const around = target && target.closest("details[data-fold]");
  if (around && !around.open) { around.open = true; target.scrollIntoView(); }
};

const settle = () => { for (const fold of folds) fold.open = !phone.matches || fold.contains(goal()); };

settle();
phone.addEventListener("change", settle);
addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => { for (const fold of folds) fold.open = true; });
