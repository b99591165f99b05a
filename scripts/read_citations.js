// Reads files of citations with Citation.js: each `cite.json` named on standard input, and the BibTeX and RIS beside
// it. Tells as JSON what it could not read, and where BibTeX or RIS gives other works than CSL-JSON.
const fs = require("fs");
const path = require("path");
const [tools] = process.argv.slice(2);
const load = (name) => require(path.join(tools, "@citation-js", name));
const { plugins } = load("core");
["plugin-csl", "plugin-bibtex", "plugin-ris"].forEach(load);

const faults = [];
const told = { files: 0, works: 0, faults };
// BibTeX keeps the case of what stands in braces by a mark-up that is not part of the title
const bare = (text) => (text || "").replace(/<\/?span[^>]*>/g, "").normalize();
const worksOf = (items) => items.map((item) => [item.id, bare(item.title)].join(" | "));

for (const found of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const works = {};
  for (const ending of ["json", "bib", "ris"]) {
    const file = found.replace(/json$/, ending);
    told.files += 1;
    try {
      const text = fs.readFileSync(file, "utf8");
      works[ending] = worksOf(text.trim() ? plugins.input.chain(text, { generateGraph: false }) : []);
    } catch (error) {
      faults.push(`${file}: ${error.message}`);
    }
  }
  told.works += (works.json || []).length;
  for (const ending of ["bib", "ris"]) {
    const at = (works.json || []).findIndex((work, index) => work !== (works[ending] || [])[index]);
    if (at >= 0) faults.push(`${found}: ${works.json[at]} is ${(works[ending] || [])[at]} in ${ending}`);
  }
}
console.log(JSON.stringify(told));
