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

// What has no key stays last. A page may ask for an order by the event «sort», and hears of the reader's by «sorted».
for (const table of all("table[data-sortable]")) {
  const body = table.tBodies[0];
  const heads = all("thead th[data-sort]", table);
  const first = [...body.rows];
  const order = (head, up) => {
    for (const other of heads) other.removeAttribute("aria-sort");
    if (!head) return body.append(...first);
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = (row) => row.cells[head.cellIndex].dataset.key ?? row.cells[head.cellIndex].textContent.trim();
    const less = (a, b) => (!key(a) - !key(b)) || (up ? 1 : -1) * key(a).localeCompare(key(b), "en", { numeric: true });
    body.append(...[...body.rows].sort(less));
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      order(head, up);
      table.dispatchEvent(new CustomEvent("sorted", { detail: { column: head.dataset.sort, up } }));
    });
  }
  table.addEventListener("sort", ({ detail }) => order(heads.find((head) => head.dataset.sort === detail.column), detail.up));
}

// What is folded is printed too; afterwards all is as it was.
addEventListener("beforeprint", () => {
  for (const each of all(".page details:not([open])")) { each.dataset.folded = ""; each.open = true; }
});
addEventListener("afterprint", () => {
  for (const each of all("details[data-folded]")) { each.open = false; delete each.dataset.folded; }
});
