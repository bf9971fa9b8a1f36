// @ts-check
/* Runs in the worker: Pyodide, our packages, and one bridge into Python. */

/** @type {any} */
const scope = self;
/** @type {any} */
let bridge = null;
const SOON = 200;

/** @param {Record<string, unknown>} said @param {Transferable[]} [moved] */
const tell = (said, moved = []) => scope.postMessage(said, moved);

scope.onmessage = async (/** @type {MessageEvent} */ event) => {
  const said = event.data;
  try {
    if (said.base) await start(said.base);
    else answer(said.text, said.bytes);
  } catch (error) {
    tell({ stage: "ended", reason: String(error) });
  }
};

/** @param {string} base */
async function start(base) {
  const packages = fetch(new URL("packages.zip", base));
  tell({ stage: "starting" });
  const { loadPyodide } = await import(new URL("python/pyodide.mjs", base).href);
  const python = await loadPyodide({
    indexURL: new URL("python/", base).href,
    stdout: () => {},
    stderr: () => {},
  });
  tell({ stage: "unpacking" });
  const archive = await (await packages).arrayBuffer();
  const site = "/packages";
  python.unpackArchive(archive, "zip", { extractDir: site });
  closeTheDoors();
  let done = 0;
  python.globals.set("_seen", () => tell({ stage: "judging", done: ++done }));
  python.globals.set("_site", site);
  python.runPython("import sys; sys.path.insert(0, _site)");
  bridge = python.runPython("from jcm_xl.desk.web_bridge import WebBridge; WebBridge(seen=_seen)");
  scope.startOfJob = () => (done = 0);
  scope.bytesOfPython = () => python._module.HEAPU8.length; // `make bench` asks
  const { version } = JSON.parse(bridge.answer('{"do": "hello"}'));
  tell({ stage: "ready", version });
  setTimeout(() => bridge.answer('{"do": "warm"}'), SOON); // unless a book came first
}

/** From here on nothing in this worker needs the network, so nothing has it. */
function closeTheDoors() {
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport",
    "EventSource", "RTCPeerConnection", "BroadcastChannel", "Worker", "SharedWorker", "importScripts",
    "indexedDB", "caches"]) {
    try {
      Object.defineProperty(scope, name, { value: undefined, configurable: false });
    } catch {
      // It is not there, or cannot be taken away; the security policy still holds.
    }
  }
}

/** @param {string} text @param {Uint8Array} [bytes] */
function answer(text, bytes) {
  scope.startOfJob();
  if (bytes) bridge.give(bytes);
  const said = bridge.answer(text);
  const made = bridge.made();
  const copy = made?.toJs ? made.toJs() : made;
  made?.destroy?.();
  if (copy?.length) tell({ answer: said, bytes: copy }, [copy.buffer]);
  else tell({ answer: said });
}
