// Four small things: the colour scheme's button, the key that leads to the search field, sortable tables, and paper.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const isDark = () =>
  (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

for (const button of all("[data-scheme]")) {
  if (button === root) continue;
  const label = button.querySelector("span");
  const name = () => { label.textContent = isDark() ? "Light" : "Dark"; };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    root.dataset.scheme = next;
    try { localStorage.setItem("scheme", next); } catch (error) { /* the choice lasts for this page */ }
    name();
  });
}

// The search page has the switch that turns the key off.
const slashIsOff = () => {
  try { return localStorage.getItem("slash") === "off"; } catch (error) { return false; }
};

addEventListener("keydown", (event) => {
  if (event.key !== "/" || slashIsOff() || event.altKey || event.target.isContentEditable || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const field = all("input[type=search]").find((each) => each.offsetParent);
  if (field) { event.preventDefault(); field.focus(); }
});

for (const table of all("table[data-sortable]")) {
  const body = table.tBodies[0];
  for (const head of all("thead th[data-sort]", table)) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[head.cellIndex].dataset.key ?? row.cells[head.cellIndex].textContent.trim();
      const rows = [...body.rows].sort((a, b) => (up ? 1 : -1) * key(a).localeCompare(key(b), "en", { numeric: true }));
      body.append(...rows);
    });
  }
}

// What is folded is printed too; afterwards all is as it was.
addEventListener("beforeprint", () => {
  for (const each of all(".page details:not([open])")) { each.dataset.folded = ""; each.open = true; }
});
addEventListener("afterprint", () => {
  for (const each of all("details[data-folded]")) { each.open = false; delete each.dataset.folded; }
});
