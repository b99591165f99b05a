// The names of all records: fetched once, folded, compared. Search, suggestions, comparison and the 404 page share it.
export const base = new URL("../", import.meta.url);
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };

// Accents, capitals and signs don't matter: «ALFA – América» is «alfa america».
export const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter]);
export const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
export const plain = (text) => words(text).join(" ");

let fetched;

// Every record: { section, id, kind, title, names: [{ text, plain }], url }. A list that cannot be had is asked for anew.
export function records() {
  fetched ??= fetch(new URL("data/names.json", import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then(listed)
    .catch((error) => {
      fetched = undefined;
      throw error;
    });
  return fetched;
}

function listed(sections) {
  return Object.entries(sections).flatMap(([section, { kind, records: named }]) =>
    Object.entries(named).map(([id, texts]) => ({
      section,
      id,
      kind,
      title: texts[0],
      names: texts.map((text) => ({ text, plain: plain(text) })),
      url: new URL(`${section}/${id}/`, base).href,
    })),
  );
}

// Records one of whose names is just this text.
export function exact(query, list) {
  const wanted = plain(query);
  return wanted ? list.filter((each) => each.names.some((name) => name.plain === wanted)) : [];
}

// How far a name is from what was typed: 0 is the name itself, the last is «its words begin so»; undefined is no match.
function rank(wanted, parts, name, isTitle) {
  const own = isTitle ? 0 : 1;
  const glued = name.replaceAll(" ", "");
  const typed = wanted.replaceAll(" ", "");
  if (name === wanted || glued === typed) return own;
  if (name.startsWith(wanted) || glued.startsWith(typed)) return 2 + own;
  const all = name.split(" ");
  if (parts.every((part) => all.some((word) => word.startsWith(part)))) return 4 + own;
  return undefined;
}

// At most `most` records that a text may be the beginning of, the best first; `by` is the name that matched, if it is another.
export function suggested(query, list, most) {
  const wanted = plain(query);
  const parts = words(query);
  if (!wanted) return [];
  const found = [];
  for (const each of list) {
    let best;
    for (const [number, name] of each.names.entries()) {
      const at = rank(wanted, parts, name.plain, number === 0);
      if (at !== undefined && (!best || at < best.at)) best = { at, by: number ? name.text : "" };
    }
    if (best) found.push({ ...each, ...best });
  }
  found.sort((a, b) => a.at - b.at || a.title.length - b.title.length || (a.title < b.title ? -1 : 1));
  return found.slice(0, most);
}

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

const apart = (a, b) => distance(a, b) / Math.max(a.length, b.length);

// At most five records with a name, or a word of a name, that is little apart from the text.
export function near(query, list) {
  const wanted = plain(query);
  if (!wanted) return [];
  return list
    .map((each) => ({
      ...each,
      score: Math.min(
        ...each.names.flatMap((name) => [name.plain, ...name.plain.split(" ")]).map((part) => apart(wanted, part)),
      ),
    }))
    .filter((each) => each.score <= 0.4)
    .sort((a, b) => a.score - b.score || a.title.length - b.title.length)
    .slice(0, 5);
}
