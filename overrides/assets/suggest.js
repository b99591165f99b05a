// Names beneath the search fields of header and home while one types: a combobox as ARIA's authors describe it.
// The names come on the first letter; until then, and without this script, it is a plain form.
const MOST = 8;
const PAUSE = 120;

for (const form of document.querySelectorAll("form.find")) {
  const field = form.querySelector("input[name=q]");
  if (field && field.id !== "search-q") combobox(form, field);
}

function made(tag, attributes = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside);
  return node;
}

function combobox(form, field) {
  const list = made("ul", { id: `${field.id}-names`, role: "listbox", "aria-label": "Records", class: "find__names" });
  const count = made("span", { role: "status", class: "vh" });
  let at = -1;
  let turn = 0;
  let waiting;
  list.hidden = true;
  form.append(list, count);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  function close() {
    turn += 1;
    clearTimeout(waiting);
    list.hidden = true;
    list.replaceChildren();
    count.textContent = "";
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else field.removeAttribute("aria-activedescendant");
  }

  function option(each, number) {
    const name = made("span", { class: "find__name" }, each.title);
    const small = each.by ? `${each.kind}; also: ${each.by}` : each.kind;
    const node = made("li", { id: `${list.id}-${number}`, role: "option", "aria-selected": "false" },
      name, " ", made("span", { class: "find__kind" }, small));
    node.dataset.url = each.url;
    return node;
  }

  async function show() {
    const mine = ++turn;
    const query = field.value;
    if (!query.trim()) return close();
    let found;
    try {
      const names = await import("./names.js");
      found = names.suggested(query, await names.records(), MOST);
    } catch (error) {
      return close(); // no names to be had: the form still searches
    }
    if (mine !== turn || document.activeElement !== field) return;
    choose(-1);
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    count.textContent = found.length === 0 ? "No name begins so. Enter searches all pages."
      : found.length === 1 ? "1 record. Arrow down to choose it." : `${found.length} records. Arrow down to choose one.`;
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden;
    const last = list.children.length - 1;
    const keys = {
      ArrowDown: () => (open ? choose(at < last ? at + 1 : -1) : show()),
      ArrowUp: () => (open ? choose(at < 0 ? last : at - 1) : show()),
      Escape: () => (open ? close() : (field.value = "", close())),
    };
    if (open && at >= 0) {
      keys.Home = () => choose(0);
      keys.End = () => choose(last);
      keys.Enter = () => { location.href = list.children[at].dataset.url; };
    }
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) location.href = chosen.dataset.url;
  });
  field.addEventListener("blur", close);
}
