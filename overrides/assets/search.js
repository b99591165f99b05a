// The search page: Pagefind, loaded only here. The state is the address: /search/?q=…&kind=…
const form = document.querySelector("#search-form");
const field = document.querySelector("#search-q");
const count = document.querySelector("#search-count");
const list = document.querySelector("#search-results");
const near = document.querySelector("#search-near");
const facets = document.querySelector("#search-facets");
const more = document.querySelector("#search-more");
const PAGE = 20;
let room = PAGE; // so many results are shown
let asked = ""; // the address for which they are
const base = new URL("../", location.href);
let engine;
let names;
let turn = 0;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function load() {
  if (!engine) {
    engine = await import(new URL("pagefind/pagefind.js", base).href);
    await engine.options({ baseUrl: "/", excerptLength: 24, ranking: { metaWeights: { title: 12, names: 9 } } });
    await engine.init();
    await engine.filters();
  }
  return engine;
}

async function nameList() {
  names ??= await (await fetch(new URL("assets/data/names.json", base))).json();
  return names;
}

const state = () => new URLSearchParams(location.search);

function filters() {
  const chosen = {};
  for (const [key, value] of state()) if (key !== "q") (chosen[key] ??= []).push(value);
  return chosen;
}

// Records whose name, acronym or other name is just what was typed come first.
async function exact(query) {
  const wanted = fold(query.trim());
  return (await nameList()).filter((each) => each.names.some((name) => fold(name) === wanted));
}

// Pagefind shortens a word that it does not know until something begins so; then the reader may have mistyped.
function holdsUnknownWord(query, data) {
  const texts = data.map((each) => fold(each.content));
  return words(query).some((word) => !texts.some((text) => text.includes(word)));
}

const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

async function nearNames(query) {
  const wanted = fold(query.trim());
  const scored = (await nameList()).map((each) => {
    const score = Math.min(...each.names.map((name) => {
      const folded = fold(name);
      const whole = distance(wanted, folded) / Math.max(wanted.length, folded.length);
      const parts = words(name).map((part) => distance(wanted, part) / Math.max(wanted.length, part.length));
      return Math.min(whole, ...parts);
    }));
    return { ...each, score };
  });
  return scored.filter((each) => each.score <= 0.4).sort((a, b) => a.score - b.score).slice(0, 5);
}

function entry(url, title, kind, excerpt) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const sort = document.createElement("span");
  sort.className = "result__kind";
  sort.textContent = kind;
  item.append(sort, link);
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

const decode = (html) => new DOMParser().parseFromString(`<body>${html}`, "text/html").body.textContent;
const local = (url) => new URL(url.replace(/^\//, ""), base).href;

function drawFacets(available, chosen) {
  facets.replaceChildren();
  for (const [key, values] of Object.entries(available)) {
    const entries = Object.entries(values).filter(([value, n]) => n || chosen[key]?.includes(value));
    if (!entries.length) continue;
    const group = document.createElement("details");
    const title = document.createElement("summary");
    title.textContent = facets.dataset[key] || key;
    group.append(title);
    group.open = (key === "kind" && innerWidth >= 768) || Boolean(chosen[key]);
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
  near.hidden = true;
  if (!query && !Object.keys(chosen).length) {
    list.replaceChildren();
    facets.replaceChildren();
    count.textContent = "";
    more.hidden = true;
    return;
  }
  count.textContent = "Searching …";
  if (asked !== location.search) room = PAGE;
  asked = location.search;
  const pagefind = await load();
  const found = await pagefind.search(query || null, { filters: Object.fromEntries(Object.entries(chosen).map(([k, v]) => [k, { any: v }])) });
  const first = query ? await exact(query) : [];
  const data = await Promise.all(found.results.slice(0, room).map((result) => result.data()));
  if (mine !== turn) return;
  const plain = Object.keys(chosen).length === 0;
  const shown = new Set();
  const items = [];
  const byUrl = new Map(data.map((each) => [local(each.url), each]));
  for (const each of plain ? first : []) {
    const url = local(each.url);
    shown.add(url);
    items.push(entry(url, each.title, each.kind, byUrl.get(url)?.excerpt));
  }
  for (const each of data) {
    const url = local(each.url);
    if (!shown.has(url)) items.push(entry(url, each.meta.title, each.meta.kind ?? "Page", each.excerpt));
  }
  const total = Math.max(found.results.length, items.length);
  count.textContent = total === 0 ? "Nothing found." : total === 1 ? "1 result" : `${total} results${total > items.length ? `, the first ${items.length} shown` : ""}`;
  list.replaceChildren(...items);
  more.hidden = total <= items.length;
  drawFacets(found.filters ?? {}, chosen);
  if (!first.length && (plain || !total) && holdsUnknownWord(query, data)) {
    const close = await nearNames(query);
    if (mine !== turn || !close.length) return;
    near.querySelector("ul").replaceChildren(...close.map((each) => entry(local(each.url), each.title, each.kind)));
    near.hidden = false;
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
addEventListener("popstate", run);
run();
