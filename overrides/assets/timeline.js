// The filters of the timeline. The page is whole without them; their state is the address, so that it can be shared.
const page = document.querySelector("#tl");
const all = (selector, within = page) => [...within.querySelectorAll(selector)];
const words = page.dataset;
const count = document.querySelector("#tl-count");
const chips = document.querySelector("#tl-chips");
const facets = page.querySelector(".tl__facets");
const ends = { from: document.querySelector("#tl-from"), to: document.querySelector("#tl-to") };
const buttons = all("button[data-facet]");
const names = [...new Set(buttons.map((button) => button.dataset.facet))];
const label = (facet, value) =>
  buttons.find((each) => each.dataset.facet === facet && each.dataset.value === value)?.firstElementChild.textContent;

const entries = all("li[data-kind]").map((item) => ({
  item,
  year: Number(item.closest("[data-year]")?.dataset.year ?? item.textContent.match(/\d{4}/)?.[0]),
  ...Object.fromEntries(names.map((name) => [name, (item.dataset[name] ?? "").split(" ")])),
}));

// Only what the page offers is taken from the address.
function state() {
  const asked = new URLSearchParams(location.search);
  const chosen = Object.fromEntries(names.map((name) => [name, asked.getAll(name).filter((value) => label(name, value))]));
  for (const end of ["from", "to"]) {
    const year = asked.get(end) ?? "";
    chosen[end] = /^\d{4}$/.test(year) ? Number(year) : null;
  }
  return chosen;
}

function go(chosen) {
  const asked = new URLSearchParams();
  for (const name of names) for (const value of chosen[name]) asked.append(name, value);
  for (const end of ["from", "to"]) if (chosen[end]) asked.set(end, chosen[end]);
  const text = asked.toString();
  history.pushState(null, "", text ? `?${text}` : location.pathname);
  show();
}

const inYears = (entry, chosen) =>
  (!chosen.from || entry.year >= chosen.from) && (!chosen.to || entry.year <= chosen.to);

// Values of one filter widen it, several filters narrow: a value's number is what it would show beside the others.
const passes = (entry, chosen, but) =>
  inYears(entry, chosen) &&
  names.every((name) => name === but || !chosen[name].length || chosen[name].some((value) => entry[name].includes(value)));

function show() {
  const chosen = state();
  const active = chosen.from || chosen.to || names.some((name) => chosen[name].length);
  let shown = 0;
  for (const entry of entries) {
    entry.item.hidden = !passes(entry, chosen);
    shown += !entry.item.hidden;
  }
  for (const section of all("section")) {
    section.hidden = Boolean(active) && !section.querySelector("li[data-kind]:not([hidden])");
    const link = page.querySelector(`.tl__jump a[href="#${section.firstElementChild.id}"]`);
    if (link) link.hidden = section.hidden;
  }
  for (const decade of all(".tl__jump div")) decade.hidden = !decade.querySelector("a:not([hidden])");
  showCounts(chosen);
  showChips(chosen);
  for (const end of ["from", "to"]) ends[end].value = chosen[end] ?? "";
  count.textContent = (active ? words.some : words.all).replace("{n}", shown).replace("{m}", entries.length);
}

function showCounts(chosen) {
  for (const name of names) {
    const open = entries.filter((entry) => passes(entry, chosen, name));
    for (const button of buttons.filter((each) => each.dataset.facet === name)) {
      const { value } = button.dataset;
      const pressed = chosen[name].includes(value);
      const number = open.filter((entry) => entry[name].includes(value)).length;
      button.setAttribute("aria-pressed", pressed);
      button.lastElementChild.textContent = number;
      button.parentElement.hidden = !number && !pressed;
    }
  }
}

function showChips(chosen) {
  const made = names.flatMap((name) =>
    chosen[name].map((value) => [label(name, value), () => ({ ...chosen, [name]: chosen[name].filter((each) => each !== value) })]));
  for (const end of ["from", "to"]) {
    if (chosen[end]) made.push([words[end].replace("{year}", chosen[end]), () => ({ ...chosen, [end]: null })]);
  }
  chips.hidden = !made.length;
  chips.replaceChildren(...made.map(([text, without]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    const [before, cross] = [document.createElement("span"), document.createElement("span")];
    before.className = "vh";
    before.textContent = `${words.remove}: `;
    cross.setAttribute("aria-hidden", "true");
    cross.textContent = "×";
    button.append(before, `${text} `, cross);
    button.addEventListener("click", () => { go(without()); (chips.querySelector("button") ?? facets.querySelector("summary")).focus(); });
    return button;
  }));
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    const chosen = state();
    const { facet, value } = button.dataset;
    const there = chosen[facet].includes(value);
    chosen[facet] = there ? chosen[facet].filter((each) => each !== value) : [...chosen[facet], value];
    go(chosen);
  });
}
for (const end of ["from", "to"]) {
  ends[end].addEventListener("change", () => {
    const year = /^\d{4}$/.test(ends[end].value) ? Number(ends[end].value) : null;
    go({ ...state(), [end]: year });
  });
}
addEventListener("popstate", show);
facets.hidden = false;
if (matchMedia("(max-width: 68em)").matches) facets.open = false;
show();
