// The page for addresses that are none: records whose name or address is near the last part of what was asked for.
import { base, near, records } from "./names.js";

const path = read(location.pathname).slice(base.pathname.length);
const parts = path.split("/").filter(Boolean).map((part) => part.replace(/\.(html?|md)$/, ""));
const box = document.querySelector("#lost-near");
const field = document.querySelector("#q-lost");

// An address as it was meant; one that is no text stays as it was written.
function read(address) {
  try {
    return decodeURI(address);
  } catch (error) {
    return address;
  }
}

async function offer() {
  const last = parts.at(-1)?.replaceAll("-", " ");
  if (!last) return;
  field.value = last;
  const all = await records();
  const byAddress = all.map((each) => ({ ...each, names: [...each.names, { plain: each.id.replaceAll("-", " ") }] }));
  const found = near(last, byAddress).sort((a, b) => (b.section === parts[0]) - (a.section === parts[0]));
  if (!found.length) return;
  const title = document.createElement("h2");
  const list = document.createElement("ul");
  title.textContent = box.dataset.title;
  list.append(...found.map((each) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const sort = document.createElement("span");
    link.href = each.url;
    link.textContent = each.title;
    sort.className = "sub";
    sort.textContent = ` ${each.kind}`;
    item.append(link, sort);
    return item;
  }));
  box.append(title, list);
}

offer().catch(() => { /* without names the lists remain */ });
