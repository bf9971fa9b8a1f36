// @ts-check
/* The page: what a person does goes to Python, what Python answers is shown. */
import { Ended, Python } from "./python.js";

/** @typedef {import("./python.js").Answer} Answer */
/** @typedef {{id: number, name: string, word: string, verdict: string, about: string, counts: {errors: number, warnings: number}, beside: string[], changed: number}} Row */
/** @typedef {{key: string, id: string, version: string, title: string, country: string, scope: string, is_draft: boolean, search: string}} Line */

/** @type {<T extends HTMLElement = HTMLElement>(id: string) => T} */
const at = (id) => /** @type {any} */ (document.getElementById(id));
const SLOW = 15_000;
const FEW = 12;
const MEGABYTE = 1024 * 1024;
const sheetLooks = new CSSStyleSheet();
document.adoptedStyleSheets = [sheetLooks];

/** @type {Record<string, string>} */
let texts = {};
let language = "en";
let most = 30;
/** @type {Row[]} */
let rows = [];
/** @type {number | null} */
let current = null;
/** @type {Line[]} */
let catalogue = [];
let showsAll = false;
let tab = "";
let isAway = false;
let doing = 0;

// -- texts ----------------------------------------------------------------------------

/** @param {string} key @param {Record<string, unknown>} [facts] */
const t = (key, facts = {}) =>
  (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));

/** @param {string} name */
const json = async (name) => (await fetch(name)).json();

/** @param {string} wanted */
async function speak(wanted) {
  language = wanted;
  texts = await json(`texts/${wanted}.json`);
  document.documentElement.lang = wanted;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = t(element.getAttribute("data-t") ?? "");
  }
  try {
    localStorage.setItem("language", wanted);
  } catch {
    // Private windows keep nothing.
  }
}

async function begin() {
  const facts = await json("texts/page.json");
  most = facts.most_megabytes;
  const choice = /** @type {HTMLSelectElement} */ (at("language"));
  for (const [code, name] of Object.entries(facts.languages)) choice.add(new Option(name, code));
  let kept = null;
  try {
    kept = localStorage.getItem("language");
  } catch {
    // As above.
  }
  const wished = [kept, ...navigator.languages.map((name) => name.split("-")[0])];
  const first = wished.find((name) => name && name in facts.languages) ?? "en";
  choice.value = first;
  await speak(first);
  state("loading", { all: document.body.dataset.megabytes });
  catalogue = await json("catalogue.json");
  listCatalogue();
  choice.addEventListener("change", () => busy(async () => {
    await speak(choice.value);
    listCatalogue();
    stage(lastStage, {});
    if (rows.length) await judge();
  }));
}

// -- Python ---------------------------------------------------------------------------

let lastStage = "starting";

/** @param {string} key @param {Record<string, unknown>} [facts] */
function state(key, facts) {
  at("state").textContent = t(key, facts);
}

/** @param {string} said @param {Record<string, any>} facts */
function stage(said, facts) {
  if (said === "judging") {
    under.done = facts.done;
    state("judging", { done: Math.min(facts.done, count), all: count });
    return;
  }
  lastStage = said;
  document.documentElement.dataset.state = said;
  if (said === "ready") {
    state(isAway ? "ready_away" : "ready");
    keepForLater();
  } else if (said === "no_start") {
    state("no_start", facts);
    message(t("no_start", facts), true);
  } else if (texts[said]) state(said);
}

let count = 0;
/** The job that is under way: of which book, and how many books it has judged. */
let under = { do: "", id: /** @type {unknown} */ (null), done: 0 };
const python = new Python(stage);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let patience;

/**
 * Ask, with words for what is being done, and a way out where it takes long.
 * @param {Record<string, unknown>} job @param {Uint8Array} [bytes] @param {string} [words]
 */
async function ask(job, bytes, words = "working") {
  under = { do: String(job.do), id: job.id ?? null, done: 0 };
  if (python.isReady) state(words, { done: 0, all: count });
  clearTimeout(patience);
  if (python.isReady) {
    patience = setTimeout(() => {
      state("slow");
      at("stop").hidden = false;
    }, SLOW);
  }
  try {
    const answer = await python.ask({ language, ...job }, bytes);
    if (answer.refused) message(answer.refused, true);
    if (answer.failed) message(t("failed", { kind: answer.failed }), true);
    return answer;
  } finally {
    clearTimeout(patience);
    at("stop").hidden = true;
    if (python.isReady) stage("ready", {});
  }
}

/** @param {string} text @param {boolean} [isBad] */
function message(text, isBad = false) {
  const line = document.createElement("p");
  line.className = isBad ? "message bad" : "message";
  line.textContent = text;
  at("messages").replaceChildren(line);
}

const hush = () => at("messages").replaceChildren();

function keepForLater() {
  if (!("serviceWorker" in navigator) || isAway) return;
  navigator.serviceWorker.register("offline.js").then(async (registration) => {
    registration.addEventListener("updatefound", () => {
      const fresh = registration.installing;
      fresh?.addEventListener("statechange", () => {
        if (fresh.state !== "installed" || !navigator.serviceWorker.controller) return;
        fresh.postMessage("now");
        message(t("new_version"));
      });
    });
    await navigator.serviceWorker.ready;
    isAway = true;
    document.documentElement.dataset.kept = "true";
    if (lastStage === "ready") state("ready_away");
  }, () => {});
}

// -- books ----------------------------------------------------------------------------

/** What was dropped, to be given again when Python has to be started anew. @type {Map<number, {name: string, bytes: Uint8Array}>} */
const dropped = new Map();

/** @param {Iterable<File>} files */
async function take(files) {
  hush();
  let last = null;
  const refused = [];
  for (const file of files) {
    if (!/\.xls[xm]$/i.test(file.name)) refused.push(t("not_a_book", { name: file.name }));
    else if (file.size > most * MEGABYTE) {
      refused.push(t("too_large", { name: file.name, megabytes: most }));
    } else last = (await put(file.name, new Uint8Array(await file.arrayBuffer()))) ?? last;
  }
  if (refused.length) message(refused.slice(0, FEW).join(" "), true);
  if (last !== null) await judge(last);
}

/** @param {string} name @param {Uint8Array} bytes */
async function put(name, bytes) {
  const { id } = await guarded(() => ask({ do: "put", name }, bytes));
  if (id) dropped.set(id, { name, bytes });
  return /** @type {number | null} */ (id ?? null);
}

/** @param {number | null} [open] */
async function judge(open = current) {
  count = dropped.size;
  document.body.classList.toggle("has-books", count > 0);
  const answer = await guarded(() => ask({ do: "judge" }, undefined, "judging"));
  if (!answer.books) return;
  rows = answer.books;
  current = rows.some((row) => row.id === open) ? open : (rows[0]?.id ?? null);
  listBooks();
  await show();
}

/**
 * Do it; where Python ends on the way, start anew without the book that it worked on.
 * @param {() => Promise<Answer>} work @returns {Promise<Answer>}
 */
async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    const all = [...dropped.keys()];
    const guilty = under.do === "judge" ? all[Math.min(under.done, all.length - 1)] : under.id;
    const name = dropped.get(Number(guilty))?.name ?? "";
    const others = [...dropped].filter(([id]) => id !== guilty).map(([, book]) => book);
    message(error.message === "stop" ? t("stopped", { name }) : t("crashed"), true);
    dropped.clear();
    rows = [];
    current = null;
    listBooks();
    at("book").hidden = true;
    for (const book of others) await put(book.name, book.bytes);
    if (others.length) await judge();
    return {};
  }
}

function listBooks() {
  at("books").hidden = rows.length === 0;
  document.body.classList.toggle("has-books", rows.length > 0);
  at("list").replaceChildren(...rows.map(line));
}

/** @param {Row} row */
function line(row) {
  const item = document.createElement("li");
  const open = element("button", `open ${row.word}`);
  open.type = "button";
  open.dataset.do = "open";
  open.dataset.id = String(row.id);
  if (row.id === current) open.setAttribute("aria-current", "true");
  const { errors, warnings } = row.counts;
  const counts = [errors && t("wrong", { n: errors }), warnings && t("warned", { n: warnings })];
  const about = [
    row.verdict, row.about, row.beside.length && t("beside", { names: row.beside.join(", ") }),
    row.changed && t("changed", { n: row.changed }),
  ];
  open.append(
    element("span", "name", row.name),
    element("span", "count", counts.filter(Boolean).join(" · ")),
    element("span", "small", about.filter(Boolean).join(" · ")),
  );
  const remove = element("button", "", "✕");
  remove.type = "button";
  remove.dataset.do = "drop";
  remove.dataset.id = String(row.id);
  remove.setAttribute("aria-label", t("remove", { name: row.name }));
  item.append(open, remove);
  return item;
}

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {string} [kind] @param {string} [text] */
function element(tag, kind = "", text = "") {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

async function show() {
  const place = at("book");
  if (current === null) {
    place.hidden = true;
    return;
  }
  const answer = await guarded(() => ask({ do: "show", id: current }, undefined, "drawing"));
  if (answer.html === undefined) return;
  sheetLooks.replaceSync(answer.css);
  place.innerHTML = answer.html; // of our own template, which escapes what books hold
  dress(place);
  place.hidden = false;
  const tabs = [...place.querySelectorAll("[role=tab]")].map((one) => one.id.slice(4));
  const found = place.querySelector(".tabs .ERROR, .tabs .WARNING")?.closest("button");
  const first = found?.id.slice(4) ?? tabs.find((one) => one !== "whole") ?? tabs[0] ?? "";
  select(tabs.includes(tab) ? tab : first);
}

/** Measures come as data: the policy forbids styles in markup. @param {HTMLElement} place */
function dress(place) {
  for (const column of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-width]"))) {
    column.style.width = `${column.dataset.width}px`;
  }
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-height]"))) {
    row.style.height = `${row.dataset.height}px`;
  }
}

/** @param {string} wanted */
function select(wanted) {
  tab = wanted;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[role=tab]"))) {
    const isIt = one.id === `tab-${wanted}`;
    one.setAttribute("aria-selected", String(isIt));
    one.tabIndex = isIt ? 0 : -1;
    at(one.id.slice(4)).hidden = !isIt;
  }
}

/** Lead to a cell or to a finding, on whatever sheet it is. @param {string} id */
function lead(id) {
  const target = at(id);
  const panel = target?.closest(".panel");
  if (!panel) return;
  select(panel.id);
  for (const marked of document.querySelectorAll(".is-meant")) marked.classList.remove("is-meant");
  target.classList.add("is-meant");
  target.scrollIntoView({ block: "center", inline: "center" });
  const focus = target.querySelector("a, button, summary") ?? target;
  if (target.tagName === "TD") /** @type {HTMLElement} */ (focus).focus({ preventScroll: true });
  else {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}

// -- what buttons do ------------------------------------------------------------------

/** @type {Record<string, (data: DOMStringMap) => Promise<void>>} */
const actions = {
  async open(data) {
    current = Number(data.id);
    tab = "";
    listBooks();
    await show();
    at("book-title")?.focus();
  },
  async drop(data) {
    const id = Number(data.id);
    await guarded(() => ask({ do: "drop", id }));
    dropped.delete(id);
    if (current === id) current = null;
    await judge();
    /** @type {HTMLElement} */ (document.querySelector("#list button") ?? at("files")).focus();
  },
  async take(data) {
    const { finding, member, choice } = data;
    const answer = await guarded(() => ask({ do: "take", id: current, finding, member, choice }));
    if (!answer.refused && !answer.failed) await changed();
  },
  async undo() {
    await guarded(() => ask({ do: "undo", id: current }));
    await changed();
  },
  async download(data) {
    await save({ do: "file", id: current, what: data.what });
  },
  async blank(data) {
    await save({ do: "blank", key: data.key });
  },
  async explain(data) {
    const { sheet, cell } = data;
    const answer = await guarded(() => ask({ do: "explain", id: current, sheet, cell }));
    if (answer.said) state("no_figure", { cell });
    if (!answer.html) return;
    at("tree").innerHTML = answer.html;
    /** @type {HTMLDialogElement} */ (at("explained")).showModal();
  },
};

async function changed() {
  await judge();
  const row = rows.find((one) => one.id === current);
  if (row) message(t("done", { verdict: row.verdict }));
}

/** @param {Record<string, unknown>} job */
async function save(job) {
  const file = await guarded(() => ask(job, undefined, "making"));
  if (!file.bytes) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.bytes]));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  message(t("saved", { name: file.name }));
}

/** Do what was asked, one thing at a time. @param {() => Promise<void>} work */
async function busy(work) {
  if (doing && python.isReady) return;
  countDoing(1);
  try {
    await work();
  } finally {
    countDoing(-1);
  }
}

/** @param {number} step */
function countDoing(step) {
  doing += step;
  document.documentElement.dataset.doing = doing ? "yes" : "";
  at("main").setAttribute("aria-busy", String(doing > 0));
}

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = target.closest("#book a[href^='#']");
  if (link) {
    event.preventDefault();
    lead(link.getAttribute("href")?.slice(1) ?? "");
    return;
  }
  const one = /** @type {HTMLElement | null} */ (target.closest("[role=tab]"));
  if (one) select(one.id.slice(4));
  const button = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"));
  if (button) busy(() => actions[button.dataset.do ?? ""](button.dataset));
  const figure = /** @type {HTMLElement | null} */ (target.closest("td.r[data-cell]"));
  const sheet = /** @type {HTMLElement | null} */ (figure?.closest("table"))?.dataset.sheet;
  if (figure && !target.closest("a")) {
    busy(() => actions.explain({ sheet, cell: figure.dataset.cell }));
  }
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (target.getAttribute?.("role") !== "tab" || !step) return;
  const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[role=tab]")]);
  const next = tabs[(tabs.indexOf(target) + step + tabs.length) % tabs.length];
  select(next.id.slice(4));
  next.focus();
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const given = new FormData(form);
  const on = new Date().toLocaleDateString("sv");
  busy(async () => {
    const answer = await guarded(() => ask({
      do: "answer", id: current, finding: form.dataset.finding, on,
      reason: given.get("reason"), by: given.get("by"),
    }));
    if (!answer.refused && !answer.failed) await changed();
  });
});

// -- the catalogue --------------------------------------------------------------------

function listCatalogue() {
  const words = /** @type {HTMLInputElement} */ (at("search")).value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = catalogue.filter((one) => words.every((word) => one.search.includes(word)));
  const shown = showsAll ? found : found.slice(0, FEW);
  at("found").textContent = found.length
    ? t("catalogue_of", { n: found.length, all: catalogue.length }) : t("none_found");
  at("more").hidden = shown.length === found.length;
  at("methodologies").replaceChildren(...shown.map(methodology));
}

/** @param {Line} one */
function methodology(one) {
  const item = document.createElement("li");
  const head = document.createElement("div");
  const name = element("strong", "", `${one.id} ver${one.version} · ${one.country}`);
  head.append(name, " ");
  if (one.is_draft) {
    const tag = element("span", "tag", t("draft"));
    tag.title = t("draft_means");
    head.append(tag);
  }
  const title = element("div", "", one.title);
  title.lang = "en";
  head.append(title);
  const make = element("button", "", t("blank"));
  make.type = "button";
  make.dataset.do = "blank";
  make.dataset.key = one.key;
  make.setAttribute("aria-label", `${t("blank")}: ${one.id} ${one.version}`);
  item.append(head, make);
  return item;
}

// -- dropping, choosing ---------------------------------------------------------------

/** @param {DragEvent} event */
const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("is-over");
  const given = [...(event.dataTransfer?.files ?? [])];
  busy(() => take(given));
});
const files = /** @type {HTMLInputElement} */ (at("files"));
files.addEventListener("change", () => busy(async () => {
  await take([...(files.files ?? [])]);
  files.value = "";
}));
at("sample").addEventListener("click", () => busy(async () => {
  hush();
  const { id, name, bytes } = await guarded(() => ask({ do: "sample" }));
  if (!id) return;
  dropped.set(id, { name, bytes });
  await judge(id);
}));
at("stop").addEventListener("click", () => python.fall("stop"));
at("search").addEventListener("input", () => {
  showsAll = false;
  listCatalogue();
});
at("more").addEventListener("click", () => {
  showsAll = true;
  listCatalogue();
});
at("close").addEventListener("click", () => /** @type {HTMLDialogElement} */ (at("explained")).close());
begin();
