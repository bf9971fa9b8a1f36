// Runs under Node: Chromium with one page in it, one job a line, as JSON.
// Usage: node page.mjs NODE_MODULES CHROMIUM ADDRESS LOCALE
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";

const [modules, program, address, locale] = process.argv.slice(2);
const require = createRequire(path.join(modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const LONG = 90_000;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await chromium.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
const context = await browser.newContext({ locale, viewport: { width: 1366, height: 900 } });
const requests = [];
const complaints = [];
context.on("request", (request) => requests.push(request.url()));
const page = await context.newPage();
page.setDefaultTimeout(LONG);
page.on("console", (said) => {
  if (["error", "warning"].includes(said.type())) complaints.push(said.text());
});
page.on("pageerror", (error) => complaints.push(String(error)));

const ready = () =>
  page.waitForFunction(() => document.documentElement.dataset.state === "ready", null, { timeout: LONG });
const settled = async () => {
  await page.waitForFunction(() => document.documentElement.dataset.doing === "", null, { timeout: LONG });
};

const jobs = {
  open: async () => {
    await page.goto(address);
    await ready();
  },
  reload: async () => {
    await page.reload();
    await ready();
  },
  asleep: () => page.waitForTimeout(3000).then(() => true),
  kept: () => page.waitForFunction(() => document.documentElement.dataset.kept === "true", null, { timeout: LONG }).then(() => true),
  offline: ({ is }) => context.setOffline(is),
  drop: async ({ files }) => {
    await page.setInputFiles("#files", files);
    await settled();
  },
  click: async ({ at, n = 0 }) => {
    await page.locator(at).nth(n).click();
    await settled();
  },
  press: async ({ key }) => {
    await page.keyboard.press(key);
    await settled();
  },
  fill: ({ at, text }) => page.locator(at).first().fill(text),
  choose: async ({ at, value }) => {
    await page.selectOption(at, value);
    await settled();
  },
  texts: ({ at }) => page.locator(at).allInnerTexts(),
  count: ({ at }) => page.locator(at).count(),
  tell: ({ script }) => page.evaluate(script),
  workers: ({ script }) => Promise.all(page.workers().map((worker) => worker.evaluate(script))),
  save: async ({ at, to }) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(at).first().click()]);
    await download.saveAs(to);
    await settled();
    return download.suggestedFilename();
  },
  size: ({ width }) => page.setViewportSize({ width, height: 900 }),
  picture: ({ to }) => page.screenshot({ path: to, fullPage: true }).then(() => null),
  view: async ({ to }) => {
    await page.setViewportSize({ width: page.viewportSize().width, height: 700 });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(500); // a click may still be scrolling
    await page.screenshot({ path: to });
  },
  unlike: async ({ files }) => {
    const blank = await browser.newPage();
    const data = files.map((name) => fs.readFileSync(name).toString("base64"));
    const share = await blank.evaluate(async (texts) => {
      const points = await Promise.all(texts.map(async (text) => {
        const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob());
        const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        context.drawImage(picture, 0, 0);
        return context.getImageData(0, 0, picture.width, picture.height).data;
      }));
      const [first, second] = points;
      if (first.length !== second.length) return 1;
      let other = 0;
      for (let at = 0; at < first.length; at += 4) {
        if ([0, 1, 2].some((part) => Math.abs(first[at + part] - second[at + part]) > 24)) other += 1;
      }
      return other / (first.length / 4);
    }, data);
    await blank.close();
    return share;
  },
  axe: async () => {
    await page.evaluate((source) => window.axe || (0, eval)(source), axe);
    const { violations, passes } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    return { found, passed: passes.length };
  },
  requests: () => requests,
  complaints: () => complaints,
};

console.log(JSON.stringify({ ready: browser.version() }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  try {
    const answer = await jobs[job.do](job);
    console.log(JSON.stringify({ answer: answer ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await browser.close();
