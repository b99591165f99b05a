// «As of»: another day of the past, asked for by ?asof=2012-08-01. Nothing is computed here: asof.json beside the
// page has what each place says from each day on, and the last entry that is not after the day asked for is taken.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const control = document.querySelector("[data-asof-control]");

/** The entry that holds on a day, of a list [day, entry, day, entry, …] in the order of days. */
export function at(series, day) {
  let found;
  for (let n = 0; n < series.length && series[n] <= day; n += 2) found = series[n + 1];
  return found;
}

/** What all places of a file say on a day: place → {text, mark, small, unsure, status, absent}. */
export function on(data, day) {
  return Object.fromEntries(Object.entries(data.places).map(([place, series]) => {
    const [text, mark = "", small = "", unsure = 0, status = "", absent = 0] = data.says[at(series, day)];
    return [place, { text, mark, small, unsure: !!unsure, status, absent: !!absent }];
  }));
}

/** Whether a text is a day of the calendar, as 2012-08-01. */
export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !isNaN(day) && day.toISOString().startsWith(text);
}

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

if (control) start();

function start() {
  const words = control.dataset;
  const form = control.querySelector("form");
  const field = form.elements.asof;
  const marks = control.querySelector("template").content;
  const site = new URL(words.site, location.href);
  const box = document.querySelector(".says");
  const bar = make("div", "asof-bar");
  const kept = new Map(); // the nodes and attributes of the build's day
  let data;
  let shown = ""; // the day that the page shows; empty for the build's
  let turn = 0;

  bar.setAttribute("role", "status");
  document.querySelector("#main-article").prepend(bar);

  const lang = root.lang === "en" ? "en-GB" : root.lang;
  const name = (day, month = "long") =>
    new Intl.DateTimeFormat(lang, { day: "numeric", month, year: "numeric", timeZone: "UTC" })
      .format(new Date(`${day}T00:00:00Z`)).replaceAll(" ", "\u00a0");
  const say = (pattern, day, text = "", month = "long") =>
    pattern.replace("{date}", name(day, month)).replace("{text}", () => text);
  const asked = () => new URLSearchParams(location.search).get("asof");

  function address(day, from = location.href) {
    const made = new URL(from, location.href);
    if (day) made.searchParams.set("asof", day);
    else made.searchParams.delete("asof");
    return made.href;
  }

  const ATTRIBUTES = ["class", "data-key", "data-none", "data-status", "data-country", "hidden", "href", "open"];

  function keep(element, content = true) {
    const attributes = ATTRIBUTES.map((each) => [each, element.getAttribute(each)]);
    if (!kept.has(element)) kept.set(element, [content ? [...element.childNodes] : null, attributes]);
  }

  function restore() {
    for (const [element, [nodes, attributes]] of kept) {
      if (nodes) element.replaceChildren(...nodes);
      for (const [each, value] of attributes) {
        if (value === null) element.removeAttribute(each);
        else element.setAttribute(each, value);
      }
    }
    kept.clear();
  }

  const mark = (shape) => marks.querySelector(`.${shape}`).cloneNode(true);

  function fill(place, says) {
    keep(place);
    const word = make("span", kept.get(place)[0].some((each) => each.className === "st") ? "st" : "");
    if (says.mark) word.append(mark(says.mark));
    word.append(says.text);
    const parts = says.text ? [word] : [];
    if (says.small) parts.push(" ", make("span", "sub", says.small));
    if (says.unsure) parts.push(" ", make("span", "flag unsure", words.unsure));
    place.replaceChildren(...parts);
  }

  function fillSentence(says) {
    const [line, unsure] = [box.querySelector(".says__s"), box.querySelector("[data-asof-unsure]")];
    [box, line, unsure].forEach((each) => keep(each));
    box.className = `says ${says.mark}`;
    box.replaceChildren(mark(says.mark), ...[...box.children].slice(1));
    line.textContent = says.text;
    unsure.hidden = !says.unsure;
  }

  // -- a listing: the rows, and what its filters ask of them

  function fillRow(row, id, says, day) {
    const cell = row.querySelector("[data-status-cell]");
    fill(cell, says);
    const rank = data.order.indexOf(says.status);
    cell.dataset.key = rank < 0 ? "5" : String(rank);
    keep(row, false);
    row.dataset.status = says.status;
    row.toggleAttribute("data-none", says.absent);
    const members = (data.groups[id] ?? []).flatMap((group) => at(data.members[group], day).split(" "));
    row.dataset.country = [...new Set([...(row.dataset.own ?? "").split(" "), ...members])].filter(Boolean).join(" ");
  }

  function fillPage(day) {
    const says = on(data, day);
    if (box) fillSentence(says.says);
    for (const place of all("[data-asof]")) {
      if (!says[place.dataset.asof]) continue;
      fill(place, says[place.dataset.asof]);
      const row = place.closest("tr, li");
      if (row && !row.dataset.status) { keep(row, false); row.toggleAttribute("data-none", says[place.dataset.asof].absent); }
      if (place.dataset.key) place.dataset.key = place.textContent;
    }
    if (data.groups) {
      for (const [id, each] of Object.entries(says)) {
        const row = document.getElementById(id.toLowerCase());
        if (row) fillRow(row, id, each, day);
      }
    }
    for (const place of all("[data-asof-on]")) {
      keep(place);
      const short = place.dataset.asofOn === "short";
      place.textContent = say(place.dataset.asofOn === "status" ? words.status : words.on, day, "", short ? "short" : "long");
    }
    for (const folded of all("[data-asof-open]")) {
      keep(folded.querySelector("summary"));
      keep(folded, false);
      folded.querySelector("summary").textContent = say(folded.dataset.asofOpen, words.day);
      folded.open = true;
    }
    for (const past of all("[data-asof-past]")) { keep(past, false); past.hidden = false; }
  }

  // -- links keep the day where the page behind them knows days

  function fillLinks(day) {
    for (const link of all("a[href]:not([href^='#'])")) {
      if (link.origin !== site.origin || !link.pathname.startsWith(site.pathname)) continue;
      const path = link.pathname.slice(site.pathname.length);
      if (/^(countries|agreements|programmes|dialogues)\//.test(path)) {
        keep(link, false);
        link.href = address(day, link.href);
      }
    }
  }

  // -- the address is the state

  async function show() {
    const mine = ++turn;
    const wanted = asked();
    let day = "";
    let fault = "";
    if (wanted !== null && !isDay(wanted)) fault = words.bad;
    else if (wanted > words.day) fault = words.future;
    else if (wanted && wanted !== words.day) day = wanted;
    try {
      if (day) data ??= await (await fetch(new URL(words.file, location.href))).json();
    } catch (error) {
      [day, fault] = ["", words.failed];
    }
    if (mine !== turn) return;
    field.value = day || words.day;
    tell(day, fault, wanted);
    if (day === shown) return;
    restore();
    if (day) {
      fillPage(day);
      fillLinks(day);
    }
    root.classList.toggle("other-day", !!day);
    shown = day;
    document.dispatchEvent(new Event("asof"));
  }

  function tell(day, fault, wanted) {
    const back = make("a", "", words.back);
    back.href = address("");
    back.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go("");
    });
    const text = fault ? say(fault, words.day, wanted) : day ? say(words.notice, day) : "";
    bar.replaceChildren(...(text ? [make("span", "", text), " ", back] : []));
  }

  function go(day) {
    history.pushState(null, "", address(day));
    show();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(field.value === words.day ? "" : field.value);
    control.open = false;
    control.querySelector("summary").focus();
  });
  addEventListener("popstate", show);
  show();
}
