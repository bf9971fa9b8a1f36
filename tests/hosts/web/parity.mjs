// Runs under Node: the page's Python and packages, one job a line, as JSON.
// Usage: node parity.mjs SITE DEFINITIONS
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const [site, definitions] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(site, "python", "pyodide.mjs")));
const python = await loadPyodide({ stdout: () => {}, stderr: () => {} });
python.unpackArchive(new Uint8Array(fs.readFileSync(path.join(site, "packages.zip"))), "zip", { extractDir: "/packages" });
python.FS.mkdir("/definitions");
for (const name of fs.readdirSync(definitions).filter((each) => each.endsWith(".toml"))) {
  python.FS.writeFile(`/definitions/${name}`, fs.readFileSync(path.join(definitions, name)));
}
const bridge = python.runPython(`
import sys
sys.path.insert(0, "/packages")
from pathlib import Path
from jcm_xl.definition.library import definitions_in
from jcm_xl.desk.web_bridge import WebBridge
ours = definitions_in(Path("/definitions"))
ours.__enter__()
WebBridge()
`);

console.log(JSON.stringify({ ready: python.runPython("sys.version") }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { job, bytes } = JSON.parse(line);
  if (bytes) bridge.give(new Uint8Array(Buffer.from(bytes, "base64")));
  const answer = bridge.answer(JSON.stringify(job));
  const made = bridge.made();
  const data = Buffer.from(made.toJs()).toString("base64");
  made.destroy();
  console.log(JSON.stringify({ answer: JSON.parse(answer), bytes: data }));
}
