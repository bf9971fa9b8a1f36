// @ts-check
/**
 * Python in a worker: jobs one after the other, progress in words, a new start after an end.
 *
 * @typedef {Record<string, any>} Answer
 * @typedef {{text: string, bytes?: Uint8Array, resolve: (a: Answer) => void, reject: (e: Error) => void}} Waiting
 */

/** The worker ended, or was ended, in the middle of a job. */
export class Ended extends Error {}

export class Python {
  /** @param {(stage: string, facts: Record<string, number>) => void} tell */
  constructor(tell) {
    this.tell = tell;
    /** @type {Waiting[]} */
    this.waiting = [];
    /** @type {Waiting | null} */
    this.now = null;
    /** @type {Worker | null} */
    this.worker = null;
    this.isReady = false;
    this.start();
  }

  start() {
    // A worker made of a blob is held to the page's own security policy, on any web host.
    const source = `import ${JSON.stringify(new URL("worker.js", location.href).href)};`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = (event) => this.heard(event.data);
    worker.onerror = (event) => this.fall(event.message || "error");
    worker.postMessage({ base: new URL("./", location.href).href });
    this.worker = worker;
  }

  /** @param {Answer} said */
  heard(said) {
    if (said.stage === "ready") this.isReady = true;
    if (said.stage) this.tell(said.stage, said);
    if (said.stage === "ended") this.fall(said.reason);
    if (said.stage === "ready") this.next();
    if (!said.answer || !this.now) return;
    const job = this.now;
    this.now = null;
    const answer = JSON.parse(said.answer);
    if (said.bytes) answer.bytes = said.bytes;
    job.resolve(answer);
    this.next();
  }

  /**
   * Do a job; what cannot be done is an answer, too: refused, or failed.
   * @param {Record<string, unknown>} job
   * @param {Uint8Array} [bytes]
   * @returns {Promise<Answer>}
   */
  ask(job, bytes) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ text: JSON.stringify(job), bytes, resolve, reject });
      this.next();
    });
  }

  next() {
    if (!this.isReady || this.now || !this.worker) return;
    this.now = this.waiting.shift() ?? null;
    if (!this.now) return;
    this.worker.postMessage({ text: this.now.text, bytes: this.now.bytes });
  }

  /** @param {string} reason */
  fall(reason) {
    const wasReady = this.isReady;
    const unheard = this.now ? [this.now, ...this.waiting] : this.waiting;
    this.worker?.terminate();
    this.worker = null;
    this.isReady = false;
    this.now = null;
    this.waiting = [];
    for (const job of unheard) job.reject(new Ended(reason));
    if (wasReady) this.start();
    else this.tell("no_start", /** @type {any} */ ({ reason }));
  }
}
