// Records side by side: /compare/?ids=agreements/a,agreements/b. What is shown is taken from the records' own pages.
import { records } from "./names.js";
import { parsed } from "./parsed.js";

const box = document.querySelector("#compare");
const words = box.dataset;
const form = document.querySelector("#compare-form");
const kinds = document.querySelector("#compare-kind");
const choice = document.querySelector("#compare-record");
const says = document.querySelector("#compare-says");
const only = document.querySelector("#compare-only");
const differs = document.querySelector("#compare-differs");
const place = document.querySelector("#compare-table");
const MOST = 3;
const LONG = 8; // longer lists are folded
let turn = 0;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
const made = (tag, ...inside) => {
  const node = document.createElement(tag);
  node.append(...inside);
  return node;
};
const asked = () => (new URLSearchParams(location.search).get("ids") ?? "").split(",").map((id) => id.trim()).filter(Boolean);

// -- what the address asks for

// The records of the address that can be shown together, and a sentence for each that cannot.
function chosenOf(ids, all) {
  const told = [];
  const found = [];
  for (const id of ids) {
    const record = recordAt(id, all);
    if (!record) told.push(filled(words.unknown, { id: `«${id}»` }));
    else if (found.includes(record)) told.push(filled(words.twice, { name: record.title }));
    else if (![...kinds.options].some((option) => option.value === record.section)) told.push(filled(words.not, { name: record.title }));
    else found.push(record);
  }
  const sorts = [...new Set(found.map((each) => each.kind))];
  if (sorts.length > 1) return { told: [...told, filled(words.kinds, { kinds: sorts.join(", ") })], shown: [] };
  if (found.length > MOST) told.push(words.four);
  if (found.length === 1) told.push(filled(words.one, { name: found[0].title }));
  if (!ids.length) told.push(words.none);
  return { told: [...new Set(told)], shown: found.slice(0, MOST) };
}

// By its address, or by a former id, which is among its names.
function recordAt(path, all) {
  const [section, id, ...rest] = path.toLowerCase().replace(/\/$/, "").split("/");
  if (!id || rest.length) return undefined;
  const there = all.filter((each) => each.section === section);
  return there.find((each) => each.id === id) ?? there.find((each) => each.names.some((name) => name.text === id));
}

function goTo(ids) {
  const address = ids.length ? `?ids=${ids.map((each) => `${each.section}/${each.id}`).join(",")}` : location.pathname;
  history.pushState(null, "", address);
  run();
}

// -- what a record's page says

const KEPT = new Set(["UL", "OL", "LI", "P", "STRONG", "EM", "BR", "DETAILS", "SUMMARY"]);
const LEFT_OUT = "p.sub:has(+ table), .src, .vh, figure, script, style, noscript, button, input, form, template, [hidden]";
const MARKS = { svg: ["viewBox"], circle: ["cx", "cy", "r"], path: ["d"], text: ["x", "y", "text-anchor"] };
const CLASSES = new Set(["flag", "unsure", "dispute", "ours", "st", "sub"]);

// A copy made anew of what may stand on this page: text, links, lists, flags, marks. Nothing else comes along.
function copied(node, address) {
  if (node.nodeType === Node.TEXT_NODE) return [node.data.replace(/\s+/g, " ")];
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return [];
  if (node.localName === "svg") return node.matches(".mk") ? [drawing(node)] : [];
  if (node.localName === "table") return [tableAsList(node, address)];
  const inside = copiedAll(node, address);
  if (node.localName === "h3") return [Object.assign(made("p", ...inside), { className: "sub" })];
  if (node.localName === "a") return [link(node, inside, address)];
  const classes = [...node.classList].filter((name) => CLASSES.has(name));
  if (!KEPT.has(node.tagName) && !classes.length) return inside;
  const copy = made(KEPT.has(node.tagName) ? node.localName : "span", ...inside);
  if (classes.length) copy.className = classes.join(" ");
  if (node.lang && /^[a-z]{2,3}$/.test(node.lang)) copy.lang = node.lang;
  return [copy];
}

const copiedAll = (node, address) => [...node.childNodes].flatMap((each) => copied(each, address));

function link(node, inside, address) {
  let target;
  try {
    target = new URL(node.getAttribute("href") ?? "", address);
  } catch (error) { /* no address: its words alone */ }
  if (!target || !["http:", "https:", "mailto:"].includes(target.protocol)) return made("span", ...inside);
  const copy = made("a", ...inside);
  copy.href = target.href;
  return copy;
}

function drawing(node) {
  const copy = document.createElementNS("http://www.w3.org/2000/svg", node.localName);
  for (const name of MARKS[node.localName] ?? []) if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name));
  const shapes = [...node.classList].filter((name) => /^[a-z-]+$/.test(name));
  if (shapes.length) copy.setAttribute("class", shapes.join(" "));
  if (node.localName === "svg") copy.setAttribute("aria-hidden", "true");
  for (const each of node.children) if (each.localName in MARKS) copy.append(drawing(each));
  if (node.localName === "text") copy.textContent = node.textContent;
  return copy;
}

// A row becomes an item: its head, then each cell after the head of its column.
function tableAsList(table, address) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim());
  const drop = (cell) => cell.querySelector(":scope > .src") && !cell.textContent.replace(/source \[\d+\]/g, "").trim();
  const items = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => {
    const item = document.createElement("li");
    const cells = [...row.cells].filter((cell) => cell.textContent.trim() && !drop(cell));
    cells.sort((a, b) => (b.localName === "th") - (a.localName === "th"));
    for (const cell of cells) {
      const inside = copiedAll(cell, address);
      if (!inside.some((each) => (each.textContent ?? each).trim())) continue;
      const isFlags = inside.every((each) => each.className?.startsWith?.("flag") || !(each.textContent ?? each).trim());
      if (cell.localName === "th") item.append(made("strong", ...inside));
      else if (isFlags) item.append(" ", ...inside);
      else item.append(item.childNodes.length ? "; " : "", `${heads[cell.cellIndex] ?? ""}: `, ...inside);
    }
    return item;
  });
  return made("ul", ...items);
}

const text = (nodes) => made("div", ...nodes.map((each) => each.cloneNode?.(true) ?? each)).textContent.replace(/\s+/g, " ").trim();

// The rows of a page, in its order: label → nodes.
async function rowsOf(record) {
  const answer = await fetch(record.url);
  if (!answer.ok) throw new Error(answer.status);
  const article = parsed(await answer.text()).querySelector("article");
  const rows = new Map();
  const put = (label, nodes) => {
    if (nodes.some((each) => (each.textContent ?? each).trim())) rows.set(label, [...(rows.get(label) ?? []), ...nodes]);
  };
  const part = (selector) => article.querySelector(selector);
  const sentence = part(".says");
  if (sentence) {
    const asOf = sentence.querySelector(".says__d span");
    put(words.state, [...copiedAll(sentence, record.url).filter((each) => each.localName === "svg"),
      ...copiedAll(sentence.querySelector(".says__s"), record.url),
      ...(asOf ? [" ", Object.assign(made("span", asOf.textContent), { className: "sub" })] : [])]);
  }
  if (part(".formal")) put(words.names, copiedAll(part(".formal"), record.url));
  for (const row of article.querySelectorAll(".facts dl > div")) {
    put(row.querySelector("dt").textContent.trim(), copiedAll(row.querySelector("dd"), record.url));
  }
  if (part(".lead")) put(words.summary, copiedAll(part(".lead"), record.url));
  for (const head of article.querySelectorAll(":scope > h2")) section(head, record, put);
  return rows;
}

function section(head, record, put) {
  const parts = [];
  for (let next = head.nextElementSibling; next && next.localName !== "h2"; next = next.nextElementSibling) {
    if (!next.matches(".cite, .facts, .onpage, .crumbs")) parts.push(next);
  }
  const evidence = parts.map((each) => (each.matches("ol.ev") ? each : each.querySelector("ol.ev"))).find(Boolean);
  if (!evidence) return put(head.textContent.trim(), parts.flatMap((each) => copied(each, record.url)));
  const link = made("a", filled(words.sources, { n: evidence.children.length }));
  link.href = `${record.url}#${head.id}`;
  put(words.evidence, [link]);
}

// -- side by side

// All labels, each after the one that it follows on the first page that has it.
function labelsOf(columns) {
  const labels = [];
  for (const rows of columns) {
    let at = 0;
    for (const label of rows.keys()) {
      const known = labels.indexOf(label);
      if (known >= 0) at = known + 1;
      else labels.splice(at++, 0, label);
    }
  }
  return labels;
}

function tableOf(shown, columns) {
  const head = made("tr", scoped("col", words.what), ...shown.map((each) => {
    const title = made("a", each.title);
    title.href = each.url;
    const cell = scoped("col", title);
    const button = made("button", words.remove, Object.assign(made("span", ` ${each.title}`), { className: "vh" }));
    button.type = "button";
    button.addEventListener("click", () => {
      goTo(shown.filter((other) => other !== each));
      choice.focus();
    });
    cell.append(" ", button);
    return cell;
  }));
  const labels = labelsOf(columns);
  const rows = labels.map((label) => row(label, shown, columns.map((each) => each.get(label) ?? [])));
  const body = made("tbody", ...rows);
  const table = made("table", made("thead", head), body);
  table.className = "t cards compare";
  return { table, rows: rows.length, different: rows.filter((each) => each.dataset.differs).length };
}

function scoped(scope, ...inside) {
  const cell = made("th", ...inside);
  cell.scope = scope;
  return cell;
}

function row(label, shown, cells) {
  const head = scoped("row", label);
  const line = made("tr", head, ...cells.map((nodes, number) => {
    const cell = nodes.length ? made("td", ...folded(nodes)) : made("td", Object.assign(made("span", words.nothing), { className: "sub" }));
    cell.dataset.l = shown[number].title;
    return cell;
  }));
  const isSame = new Set(cells.map(text)).size === 1;
  if (!isSame && label !== words.evidence) {
    line.dataset.differs = "yes";
    head.append(" ", Object.assign(made("span", words.differs), { className: "flag ours" }));
  }
  return line;
}

// A long list opens on request.
function folded(nodes) {
  return nodes.map((node) => {
    if (node.localName !== "ul" || node.children.length <= LONG) return node;
    return made("details", made("summary", filled(words.entries, { n: node.children.length })), node);
  });
}

function showOnlyDifferences() {
  for (const each of place.querySelectorAll("tbody tr")) each.hidden = differs.checked && !each.dataset.differs;
}

// -- the picker

function offer(all, shown) {
  if (shown.length) kinds.value = shown[0].section;
  const rest = all.filter((each) => each.section === kinds.value && !shown.includes(each));
  rest.sort((a, b) => a.title.localeCompare(b.title, document.documentElement.lang));
  choice.replaceChildren(...rest.map((each) => Object.assign(made("option", each.title), { value: each.id })));
  form.querySelector("button").disabled = shown.length >= MOST;
  form.hidden = false;
}

async function run() {
  const mine = ++turn;
  const all = await records();
  const { told, shown } = chosenOf(asked(), all);
  const columns = await Promise.all((shown.length > 1 ? shown : []).map((each) => rowsOf(each).catch(() => null)));
  if (mine !== turn) return;
  offer(all, shown);
  shown.forEach((each, number) => columns[number] === null && told.push(filled(words.failed, { name: each.title })));
  place.replaceChildren();
  const isWhole = shown.length > 1 && columns.every(Boolean);
  if (isWhole) {
    const { table, rows, different } = tableOf(shown, columns);
    place.append(table);
    told.push(filled(words.count, { n: shown.length, d: different, m: rows }));
    showOnlyDifferences();
  }
  only.hidden = !isWhole;
  says.replaceChildren(...told.map((sentence) => made("p", sentence)));
}

kinds.addEventListener("change", async () => {
  if (asked().length) goTo([]);
  else offer(await records(), []);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const all = await records();
  const added = all.find((each) => each.section === kinds.value && each.id === choice.value);
  const { shown } = chosenOf(asked(), all);
  if (added && shown.length < MOST) goTo([...shown, added]);
});
differs.addEventListener("change", showOnlyDifferences);
addEventListener("popstate", run);
run();
