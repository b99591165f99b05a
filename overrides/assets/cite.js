// The cite box: the reader's own day as date of retrieval, and buttons that copy and say so.
const box = document.querySelector(".cite");
const status = box.querySelector("[role=status]");
const now = new Date();
const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
const iso = [day[0], ...day.slice(1).map((part) => String(part).padStart(2, "0"))];

const retrieved = box.querySelector("[data-retrieved]");
const shown = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { dateStyle: "long" });
retrieved.textContent = " " + retrieved.dataset.retrieved.replace("{date}", shown.format(now));

// What was fetched from the file, with the day of retrieval where the format has a place for it.
const withDay = {
  bib: (text) => text.replace(/\n\}\n$/, `,\n  urldate = {${iso.join("-")}}\n}\n`),
  ris: (text) => text.replace("ER  - ", `Y2  - ${iso.join("/")}/\r\nER  - `),
  json: (text) => JSON.stringify(JSON.parse(text).map((item) => ({ ...item, accessed: { "date-parts": [day] } })), null, 2) + "\n",
};

async function textOf(what) {
  if (what.startsWith("#")) return box.querySelector(what).textContent;
  const answer = await fetch(what);
  if (!answer.ok) throw new Error(String(answer.status));
  return withDay[what.split(".").pop()](await answer.text());
}

for (const button of box.querySelectorAll("[data-cite]")) {
  (button.closest("li[hidden]") ?? button).hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(await textOf(button.dataset.cite));
      status.textContent = status.dataset.copied.replace("{format}", button.dataset.name);
    } catch (error) { // no clipboard on a page that is not secure, or the reader said no
      status.textContent = status.dataset.failed;
    }
  });
}
