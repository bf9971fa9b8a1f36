// @ts-check
/* Keeps the page on this computer, so that it works without a network. */

/** @type {any} */
const keeper = self;
/** @type {{version: string, files: string[]}} */
const site = keeper.SITE;
const cacheName = `jcm_xl-${site.version}`;

keeper.addEventListener("install", (/** @type {any} */ event) => {
  // Asked of the host again, so that files of two versions never meet.
  const wanted = site.files.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(cacheName).then((kept) => kept.addAll(wanted)));
});

keeper.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "now") keeper.skipWaiting();
});

keeper.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(forgetEarlier().then(() => keeper.clients.claim()));
});

async function forgetEarlier() {
  for (const other of await caches.keys()) {
    if (other.startsWith("jcm_xl-") && other !== cacheName) await caches.delete(other);
  }
}

keeper.addEventListener("fetch", (/** @type {any} */ event) => {
  const address = new URL(event.request.url);
  if (address.origin !== location.origin) {
    event.respondWith(Response.error()); // nothing leaves
    return;
  }
  event.respondWith(kept(event.request, address));
});

/** @param {Request} request @param {URL} address */
async function kept(request, address) {
  const here = new URL("./", location.href).pathname;
  const wanted = address.pathname === here ? new URL("index.html", location.href).href : request;
  const found = await (await caches.open(cacheName)).match(wanted, { ignoreSearch: true });
  return found ?? fetch(request);
}
