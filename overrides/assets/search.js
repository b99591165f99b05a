// The search page: Pagefind, loaded only here. The state is the address: /search/?q=…&kind=…
import { base, exact, fold, near, plain, records, words } from "./names.js";
import { parsed } from "./parsed.js";

const form = document.querySelector("#search-form");
const field = document.querySelector("#search-q");
const count = document.querySelector("#search-count");
const list = document.querySelector("#search-results");
const nearby = document.querySelector("#search-near");
const facets = document.querySelector("#search-facets");
const folder = facets.closest("details");
const wide = matchMedia("(min-width: 68em)"); // there facets stand beside the results, else they are folded above them
const more = document.querySelector("#search-more");
const FIRST = 5; // each result costs a request of about two kilobytes
const PAGE = 10; // so many more at a time
let room = FIRST; // so many results are shown
let asked = ""; // the address for which they are
let engine;
let turn = 0;

async function load() {
  if (!engine) {
    engine = await import(new URL("pagefind/pagefind.js", base).href);
    // A worker would cost 12 KB for what takes milliseconds.
    await engine.options({ noWorker: true, baseUrl: "/", excerptLength: 24, ranking: { metaWeights: { title: 12, names: 9 } } });
    await engine.init();
  }
  return engine;
}

const state = () => new URLSearchParams(location.search);

function filters() {
  const chosen = Object.create(null); // a key of the address may be called like what every object has
  for (const [key, value] of state()) if (key !== "q") (chosen[key] ??= []).push(value);
  return chosen;
}

// Of the records with just this name, those that the chosen facets leave. Pagefind alone knows which those are.
async function exactWithin(pagefind, query, filters) {
  const named = exact(query, await records());
  if (!Object.keys(filters).length) return named;
  const kept = await Promise.all(named.map(async (each) => {
    const found = await pagefind.search(each.title, { filters });
    const data = await Promise.all(found.results.slice(0, 5).map((result) => result.data()));
    return data.some((one) => local(one.url) === each.url);
  }));
  return named.filter((each, number) => kept[number]);
}

// Pagefind shortens a word that it does not know until something begins so; then the reader may have mistyped.
function holdsUnknownWord(query, data) {
  const texts = data.map((each) => fold(each.content));
  return words(query).some((word) => !texts.some((text) => text.includes(word)));
}

// The name by which a record was found, where it is not the one shown.
function alsoNamed(record, query) {
  const name = exact(query, [record]).length && record.names.find((each) => each.plain === plain(query));
  return name && name.text !== record.title && plain(record.title) !== name.plain ? name.text : "";
}

function entry(url, title, kind, excerpt, also) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const sort = document.createElement("span");
  sort.className = "result__kind";
  sort.textContent = kind;
  item.append(sort, link);
  if (also) {
    const other = document.createElement("p");
    other.textContent = count.dataset.also.replace("{name}", () => also);
    item.append(other);
  }
  if (excerpt) {
    const text = document.createElement("p");
    for (const piece of excerpt.split(/(<mark>.*?<\/mark>)/)) {
      const marked = /^<mark>(.*)<\/mark>$/.exec(piece);
      const node = document.createElement(marked ? "mark" : "span");
      node.textContent = decode(marked ? marked[1] : piece);
      text.append(node);
    }
    item.append(text);
  }
  return item;
}

const decode = (html) => parsed(`<body>${html}`).body.textContent;
const local = (url) => new URL(url.replace(/^\//, ""), base).href;

function drawFacets(available, chosen) {
  facets.replaceChildren();
  for (const key of Object.keys(facets.dataset)) {
    const entries = Object.entries(available[key] ?? {}).filter(([value, n]) => n || chosen[key]?.includes(value));
    if (!entries.length) continue;
    const group = document.createElement("details");
    const title = document.createElement("summary");
    title.textContent = facets.dataset[key];
    group.append(title);
    group.open = (key === "kind" && wide.matches) || Boolean(chosen[key]);
    const items = document.createElement("ul");
    for (const [value, n] of entries.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", String(Boolean(chosen[key]?.includes(value))));
      const name = document.createElement("span");
      name.textContent = value;
      const number = document.createElement("span");
      number.className = "n";
      number.textContent = n;
      button.append(name, number);
      button.addEventListener("click", () => {
        const next = state();
        const kept = next.getAll(key);
        next.delete(key);
        for (const each of kept.includes(value) ? kept.filter((k) => k !== value) : [...kept, value]) next.append(key, each);
        history.pushState(null, "", `?${next}`);
        run();
      });
      item.append(button);
      items.append(item);
    }
    group.append(items);
    facets.append(group);
  }
}

async function run() {
  const mine = ++turn;
  const query = state().get("q") ?? "";
  const chosen = filters();
  if (field.value !== query) field.value = query;
  nearby.hidden = true;
  if (!query && !Object.keys(chosen).length) {
    list.replaceChildren();
    facets.replaceChildren();
    folder.parentElement.hidden = true;
    count.textContent = "";
    more.hidden = true;
    return;
  }
  count.textContent = count.dataset.wait;
  if (asked !== location.search) room = FIRST;
  asked = location.search;
  const pagefind = await load();
  folder.parentElement.hidden = false;
  const isFaceted = wide.matches || folder.open || Object.keys(chosen).length > 0;
  if (isFaceted) await pagefind.filters(); // six files, not fetched while nobody sees them
  const within = Object.fromEntries(Object.entries(chosen).map(([key, values]) => [key, { any: values }]));
  const found = await pagefind.search(query || null, { filters: within });
  const first = query ? await exactWithin(pagefind, query, within) : [];
  const data = await Promise.all(found.results.slice(0, room).map((result) => result.data()));
  if (mine !== turn) return;
  const open = Object.keys(chosen).length === 0;
  const shown = new Set();
  const items = [];
  const byUrl = new Map(data.map((each) => [local(each.url), each]));
  for (const each of first) {
    shown.add(each.url);
    items.push(entry(each.url, each.title, each.kind, byUrl.get(each.url)?.excerpt, alsoNamed(each, query)));
  }
  for (const each of data) {
    const url = local(each.url);
    if (!shown.has(url)) items.push(entry(url, each.meta.title, each.meta.kind ?? count.dataset.page, each.excerpt));
  }
  const total = Math.max(found.results.length, items.length);
  const said = total === 0 ? "none" : total === 1 ? "one" : total > items.length ? "part" : "many";
  count.textContent = count.dataset[said].replace("{n}", total).replace("{m}", items.length);
  list.replaceChildren(...items);
  more.hidden = total <= items.length;
  if (isFaceted) drawFacets(found.filters ?? {}, chosen);
  if (!first.length && (open || !total) && holdsUnknownWord(query, data)) {
    const close = await near(query, await records());
    if (mine !== turn || !close.length) return;
    nearby.querySelector("ul").replaceChildren(...close.map((each) => entry(each.url, each.title, each.kind)));
    nearby.hidden = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const next = state();
  next.set("q", field.value);
  history.pushState(null, "", `?${next}`);
  run();
});
let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const next = state();
    next.set("q", field.value);
    history.replaceState(null, "", `?${next}`);
    run();
  }, 200);
});
more.addEventListener("click", () => {
  room += PAGE;
  run();
});
const slash = document.querySelector("#slash");
try {
  slash.checked = localStorage.getItem("slash") !== "off";
  slash.closest("p").hidden = false;
} catch (error) { /* no storage: the choice could not be kept */ }
slash.addEventListener("change", () => {
  if (slash.checked) localStorage.removeItem("slash");
  else localStorage.setItem("slash", "off");
});
folder.addEventListener("toggle", () => folder.open && !wide.matches && run());
wide.addEventListener("change", run);
addEventListener("popstate", run);
run();
