// Takes every web address out of an npm lock file: names, versions and hashes stay, `npm ci` needs no more.
const fs = require("fs");
const [file] = process.argv.slice(2);
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
}
fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
