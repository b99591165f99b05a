// A listing: filters with live counts, their state in the address, and the choice of records to compare.
const listing = document.querySelector("[data-listing]");
const all = (selector, within = listing) => [...within.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const words = JSON.parse(listing.dataset.words);
const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const table = listing.querySelector("table");
const rows = [...table.tBodies[0].rows];
const count = listing.querySelector("[data-count]");
const joint = "joint" in listing.dataset; // countries and groups answer one question: who takes part
const wide = matchMedia("(min-width: 68em)");

const facets = new Map(all("[data-facet]").map((facet) => [facet.dataset.facet, facet]));
const choices = new Map([...facets].map(([key, facet]) => [key, new Map(all("[data-value]", facet).map((link) => {
  const button = make("button", { type: "button" }, ...link.childNodes);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const chosen = state[key];
    if (!chosen.delete(link.dataset.value)) chosen.add(link.dataset.value);
    changed();
  });
  link.replaceWith(button);
  return [link.dataset.value, button];
}))]));
const years = { from: listing.querySelector("[name=from]"), to: listing.querySelector("[name=to]") };
const columns = new Set(all("th[data-sort]", table).map((head) => head.dataset.sort));
const OWN = [...facets.keys(), "from", "to", "between", "sort", "dir"];

// -- the state is the address; what it does not know it leaves aside

function read() {
  const address = new URLSearchParams(location.search);
  const found = { between: address.get("between") === "1" };
  for (const [key, values] of choices) found[key] = new Set(address.getAll(key).filter((value) => values.has(value)));
  for (const end of ["from", "to"]) found[end] = years[end] && /^\d{4}$/.test(address.get(end) ?? "") ? address.get(end) : "";
  found.sort = columns.has(address.get("sort")) ? address.get("sort") : "";
  found.up = address.get("dir") !== "desc";
  return found;
}

function written() {
  const address = new URLSearchParams(location.search);
  for (const key of OWN) address.delete(key);
  for (const key of choices.keys()) for (const value of [...state[key]].sort()) address.append(key, value);
  for (const end of ["from", "to"]) if (state[end]) address.set(end, state[end]);
  if (state.between && joint) address.set("between", "1");
  if (state.sort) address.set("sort", state.sort);
  if (state.sort && !state.up) address.set("dir", "desc");
  return location.pathname + (address.size ? `?${address}` : "");
}

let state = read();

function changed() {
  history.pushState(null, "", written());
  show();
}

// -- which rows fit

const of = (row, key) => (row.dataset[key] ?? "").split(" ").filter(Boolean);
const has = (row, key, value) => of(row, key).includes(value);
const there = () => rows.filter((row) => !("none" in row.dataset));
const WHO = ["country", "group"];

function fitsYears(row) {
  if (!state.from && !state.to) return true;
  const { from, to } = row.dataset;
  return Boolean(from) && (!state.to || from <= state.to) && (!state.from || to >= state.from);
}

function fitsWho(row) {
  const chosen = WHO.flatMap((key) => [...(state[key] ?? [])].map((value) => [key, value]));
  if (!chosen.length) return true;
  return state.between ? chosen.every(([key, value]) => has(row, key, value)) : chosen.some(([key, value]) => has(row, key, value));
}

const fitsFacet = (row, key) => !state[key].size || [...state[key]].some((value) => has(row, key, value));

// Without the choice in one facet: of what its counts are. «Between» adds to the choice, so that it stays.
function fits(row, without) {
  const who = joint && (state.between || !WHO.includes(without));
  const keys = [...facets.keys()].filter((key) => key !== without && !(joint && WHO.includes(key)));
  return fitsYears(row) && keys.every((key) => fitsFacet(row, key)) && (!who || fitsWho(row));
}

// -- showing it

function show() {
  const present = there();
  let shown = 0;
  for (const row of rows) {
    row.hidden = !present.includes(row) || !fits(row);
    shown += !row.hidden;
  }
  const filters = active();
  count.textContent = say(filters.length ? words.some : words.all, { n: shown, m: present.length });
  none.hidden = shown > 0;
  table.classList.toggle("empty", !shown);
  drawCounts(present);
  drawChips(filters);
  for (const end of ["from", "to"]) if (years[end]) years[end].value = state[end];
  for (const radio of all("[name=between]")) radio.checked = (radio.value === "1") === state.between;
}

function drawCounts(present) {
  for (const [key, values] of choices) {
    const open = present.filter((row) => fits(row, key));
    for (const [value, button] of values) {
      const n = open.filter((row) => has(row, key, value)).length;
      const chosen = state[key].has(value);
      button.querySelector(".n").textContent = n;
      button.className = n ? "" : "zero";
      button.setAttribute("aria-pressed", String(chosen));
      button.parentElement.hidden = !chosen && !present.some((row) => has(row, key, value));
    }
  }
}

// What is chosen, as words and the way to drop it.
function active() {
  const found = [];
  for (const [key, values] of choices) {
    for (const value of state[key]) found.push([values.get(value).firstElementChild.cloneNode(true), () => state[key].delete(value)]);
  }
  for (const end of ["from", "to"]) {
    if (state[end]) found.push([say(words[end], { year: state[end] }), () => { state[end] = ""; }]);
  }
  return found;
}

function drawChips(filters) {
  const buttons = filters.map(([label, drop]) => {
    const button = make("button", { type: "button", className: "chip" },
      make("span", { className: "vh", textContent: `${words.remove} ` }), label);
    button.addEventListener("click", () => {
      drop();
      changed();
      (chips.querySelector("button") ?? count).focus();
    });
    return make("li", {}, button);
  });
  if (state.between && joint && WHO.reduce((n, key) => n + (state[key]?.size ?? 0), 0) > 1) {
    buttons.push(make("li", { className: "sub", textContent: words.between }));
  }
  chips.hidden = !filters.length;
  chips.replaceChildren(...buttons, ...(filters.length ? [make("li", {}, clearing())] : []));
}

function clearing() {
  const button = make("button", { type: "button", className: "chip chip--clear", textContent: words.clear });
  button.addEventListener("click", () => {
    const { sort, up } = state;
    state = { between: false, from: "", to: "", sort, up };
    for (const key of choices.keys()) state[key] = new Set();
    changed();
    count.focus();
  });
  return button;
}

const sort = () => table.dispatchEvent(new CustomEvent("sort", { detail: { column: state.sort, up: state.up } }));

// -- up to three to compare

const MOST = 3;
const bar = make("p", { className: "versus", hidden: true });
bar.setAttribute("role", "status");

function addBoxes() {
  const head = make("th", { scope: "col", className: "tick", textContent: words.column });
  table.tHead.rows[0].append(head);
  for (const row of rows) {
    const box = make("input", { type: "checkbox", value: row.id });
    box.setAttribute("aria-label", say(words.one, { name: row.cells[0].textContent.trim() }));
    box.addEventListener("change", compare);
    const cell = make("td", { className: "tick" }, make("label", {}, box));
    cell.dataset.l = words.column;
    row.append(cell);
  }
  table.parentElement.after(bar);
}

function compare() {
  const boxes = all(".tick input", table);
  const ids = boxes.filter((box) => box.checked).map((box) => `${listing.dataset.listing}/${box.value}`);
  for (const box of boxes) box.disabled = !box.checked && ids.length >= MOST;
  bar.hidden = !ids.length;
  const link = make("a", { href: `${listing.dataset.compare}?ids=${ids.join(",")}`, textContent: say(words.compare, { n: ids.length }) });
  bar.replaceChildren(...(ids.length > 1 ? [link] : [words.more]), ...(ids.length >= MOST ? [` ${words.full}`] : []));
}

// -- setting up

const chips = make("ul", { className: "bare chips" });
chips.setAttribute("aria-label", words.active);
const none = make("p", { className: "unk", hidden: true, textContent: words.none });
count.after(chips);
table.parentElement.before(none);
for (const hidden of all(".facet[hidden]")) hidden.hidden = false;
for (const [key, facet] of facets) if (state[key].size) facet.open = true;
for (const end of ["from", "to"]) {
  years[end]?.addEventListener("change", () => {
    const value = years[end].value.trim();
    state[end] = /^\d{4}$/.test(value) ? value : "";
    changed();
  });
}
for (const radio of all("[name=between]")) {
  radio.addEventListener("change", () => {
    state.between = radio.value === "1";
    changed();
  });
}
table.addEventListener("sorted", ({ detail }) => {
  state.sort = detail.column;
  state.up = detail.up;
  history.pushState(null, "", written());
});
addEventListener("popstate", () => {
  state = read();
  sort();
  show();
});
document.addEventListener("asof", () => {
  if (state.sort) sort();
  show();
});
const panel = listing.querySelector("[data-facets]");
const fit = () => { panel.open = wide.matches; };
wide.addEventListener("change", fit);
fit();
addBoxes();
if (state.sort) sort();
show();
