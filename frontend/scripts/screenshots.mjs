// Takes the pictures of the page for docs/ and README from the running app.
import { fileURLToPath } from 'node:url';
import { withApp } from './app.mjs';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

// A 4 in two strokes, written by hand, in units of the paper.
const FOUR = [
  [[0.42, 0.16], [0.39, 0.25], [0.35, 0.35], [0.31, 0.45], [0.28, 0.53], [0.36, 0.54], [0.48, 0.53], [0.6, 0.52], [0.72, 0.5]],
  [[0.61, 0.3], [0.6, 0.42], [0.58, 0.55], [0.57, 0.68], [0.55, 0.8], [0.54, 0.87]],
]; // prettier-ignore

/** @typedef {import('@playwright/test').Page} Page */

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const TALL = { width: 1280, height: 1000 };

/** @type {{ name: string, colorScheme: 'light' | 'dark', viewport: typeof DESKTOP, scale?: number, show?: (page: Page) => Promise<void> }[]} */
const PICTURES = [
  { name: 'page-light', colorScheme: 'light', viewport: DESKTOP },
  { name: 'page-dark', colorScheme: 'dark', viewport: DESKTOP },
  { name: 'page-phone', colorScheme: 'light', viewport: PHONE },
  { name: 'page-below', colorScheme: 'light', viewport: DESKTOP, show: showReplay },
  { name: 'page-picture', colorScheme: 'light', viewport: DESKTOP, scale: 1, show: showPicture },
  { name: 'page-why', colorScheme: 'light', viewport: TALL, show: showWhy },
];

await withApp(async (browser, address) => {
  for (const { name, colorScheme, viewport, scale = 2, show } of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', deviceScaleFactor: scale });
    await page.goto(address);
    for (const sample of ['a crossed 7', 'a 3 with two bows', 'a round 0']) {
      await page.getByRole('button', { name: `Try ${sample}` }).click();
      await page.getByTestId('confidence').filter({ hasText: '%' }).waitFor();
      await page.getByTestId('clear').click();
    }
    await page.evaluate(() => { window.scrollTo(0, 0); });
    await draw(page);
    await page.getByTestId('predicted-digit').filter({ hasText: '4' }).waitFor();
    await page.mouse.move(0, 0);
    await show?.(page);
    const path = `${docs}${name}.png`;
    await page.screenshot({ path, animations: 'disabled' });
    console.log(path);
    await page.close();
  }
});

/** @param {Page} page */
async function draw(page) {
  const box = await page.getByTestId('drawing-canvas').boundingBox();
  if (!box) throw new Error('the paper is not on the screen');
  for (const stroke of FOUR) {
    const places = stroke.map(([x, y]) => /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]));
    await page.mouse.move(...places[0]);
    await page.mouse.down();
    for (const place of places) await page.mouse.move(...place, { steps: 2 });
    await page.mouse.up();
  }
}

/** @param {Page} page */
async function showReplay(page) {
  await page.getByRole('button', { name: 'Replay the drawing' }).click();
  await page.getByTestId('timeline-moment').waitFor();
  await scrollTo(page, 'How the answer formed');
}

/** @param {Page} page */
async function showPicture(page) {
  await page.getByRole('button', { name: /^Try a picture of a 5/ }).click();
  await page.getByRole('button', { name: 'Show what the model sees' }).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => { window.scrollTo(0, 0); });
}

/** @param {Page} page */
async function showWhy(page) {
  await page.getByRole('button', { name: 'Show the evidence' }).click();
  await page.getByRole('heading', { name: 'Inside the network' }).waitFor();
  await page.mouse.move(0, 0);
  await scrollTo(page, 'Why this answer');
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function scrollTo(page, name) {
  await page.getByRole('region', { name }).evaluate((panel) => {
    window.scrollTo(0, panel.getBoundingClientRect().top + window.scrollY - 24);
  });
}
