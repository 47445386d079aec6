// Audits the built page by Lighthouse, as a phone and as a desktop load it, and fails where a score is too low.
// Its figures of speed are those of an idle machine: others' work counts as the page's.
import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { withApp } from './app.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const LEAST = 0.95;
const RUNS = 3; // the one of middling speed counts
const PORT = 5325; // of the browser that Lighthouse steers

/** @typedef {import('lighthouse').Result} Report */

await withApp(async (_, address) => {
  for (const [form, config] of /** @type {const} */ ([['phone', undefined], ['desktop', desktopConfig]])) {
    const reports = [];
    for (let run = 0; run < RUNS; run++) reports.push(await audit(address, config));
    reports.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
    print(form, reports[Math.floor(RUNS / 2)]);
  }
});

/**
 * @param {string} address
 * @param {typeof desktopConfig | undefined} config
 * @returns {Promise<Report>}
 */
async function audit(address, config) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${PORT}`],
  });
  try {
    const found = await lighthouse(address, { port: PORT, onlyCategories: CATEGORIES, logLevel: 'error' }, config);
    if (!found) throw new Error('Lighthouse gave no report');
    return found.lhr;
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} form
 * @param {Report} report
 */
function print(form, report) {
  const { categories, audits, environment } = report;
  console.log(`${form}, on a machine of benchmark index ${environment.benchmarkIndex}:`);
  for (const [id, { auditRefs }] of Object.entries(categories)) {
    const score = scoreOf(report, id);
    console.log(`  ${id}: ${Math.round(100 * score)}`);
    if (score < LEAST) process.exitCode = 1;
    for (const audit of auditRefs.filter(({ weight }) => weight > 0).map((ref) => audits[ref.id])) {
      if (audit.score !== null && audit.score < 1) console.log(`    ${audit.id}: ${audit.score} ${audit.displayValue ?? ''}`);
    }
  }
}

/**
 * @param {Report} report
 * @param {string} category
 */
function scoreOf({ categories }, category) {
  return categories[category].score ?? 0;
}
