// Runs under Node: one Pyodide with our wheel in it, one job a line, as JSON.
// Usage: node browser.mjs NODE_MODULES WHEEL BRIDGE.py
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const [modules, wheel, bridge] = process.argv.slice(2);
const entry = pathToFileURL(path.join(modules, "pyodide", "pyodide.mjs"));
const { loadPyodide } = await import(entry);

// What the Python inside prints must not get between the answers.
const python = await loadPyodide({ stdout: () => {}, stderr: () => {} });
python.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "wheel");
python.runPython(fs.readFileSync(bridge, "utf8"));
const answer = python.globals.get("answer");

console.log(JSON.stringify({ ready: python.runPython("import sys; sys.version") }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  console.log(answer(line));
}
