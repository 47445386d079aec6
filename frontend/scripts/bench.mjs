// Prints how long a person waits for the answer, of the server and of the device itself, how smoothly a long
// stroke paints, how soon somebody else in a room sees it, and how much JavaScript the page loads.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withApp } from './app.mjs';
import { measureNumberWaits } from './numberWaits.mjs';
import { measureTogetherWaits } from './togetherWaits.mjs';

const DRAWINGS = 200;
const NUMBERS = 12;
const STROKE_POINTS = 1_200;
const POINTS_PER_FRAME = 4; // a pen of 240 Hz on a screen of 60 Hz

await withApp(async (browser, address) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.getByTestId('status').getByText('Draw a digit').waitFor();

  const waits = await page.evaluate(measureWaits, DRAWINGS);
  print(`pen up to answer on screen, ${waits.length} drawings`, waits);

  const numberWaits = await measureNumberWaits(browser, address, NUMBERS);
  print(`pen up to answer on screen, ${numberWaits.length} strokes of numbers of ten digits`, numberWaits);
  const alone = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await alone.addInitScript(() => localStorage.setItem('digits.onlyHere', 'true'));
  await alone.goto(address);
  await alone.getByTestId('status').getByText('Draw a digit').waitFor();
  print('the first answer of the device itself, its model fetched', await alone.evaluate(measureWaits, 1));
  print(`the device itself, ${DRAWINGS} drawings`, await alone.evaluate(measureWaits, DRAWINGS));
  await alone.close();

  await page.keyboard.press('Delete');
  const { frames, work } = await page.evaluate(measureFrames, {
    points: STROKE_POINTS,
    perFrame: POINTS_PER_FRAME,
  });
  print(`frame while drawing a stroke of ${STROKE_POINTS} points`, frames);
  print('  of it, the page’s own work', work);
  await page.close();

  const moves = await measureTogetherWaits(browser, address);
  print(`a pen’s move to somebody else’s screen, ${moves.length} moves`, moves);
}, { hasRooms: true });

const size = fileURLToPath(new URL('size.mjs', import.meta.url));
console.log(execFileSync(process.execPath, [size, 'dist-e2e'], { encoding: 'utf8' }).trim());

/**
 * @param {string} what
 * @param {number[]} durations
 */
function print(what, durations) {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`);
}

/**
 * Runs in the page: draws zigzags, all different, and waits for each one's answer to be painted.
 * @param {number} count
 */
async function measureWaits(count) {
  const find = (/** @type {string} */ id) => {
    const element = document.querySelector(`[data-testid="${id}"]`);
    if (!element) throw new Error(`no ${id}`);
    return element;
  };
  const paper = find('drawing-canvas');
  const box = paper.getBoundingClientRect();
  const answer = find('predicted-digit');
  const send = (/** @type {string} */ type, /** @type {number} */ x, /** @type {number} */ y) =>
    paper.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        isPrimary: true,
        pointerId: 1,
        clientX: box.left + x * box.width,
        clientY: box.top + y * box.height,
      }),
    );
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const until = async (/** @type {() => boolean} */ isSo) => {
    while (!isSo()) await frame();
  };
  const isRead = () => answer.getAttribute('aria-busy') === 'false' && answer.textContent !== '';

  const waits = [];
  for (let i = 0; i < count; i++) {
    send('pointerdown', 0.3, 0.2);
    for (let k = 1; k <= 20; k++) {
      send('pointermove', 0.3 + (k < 10 ? k / 25 : (20 - k) / 30), 0.2 + (k < 10 ? 0 : k / 40) + (i % 50) / 400);
      if (k % 5 === 0) await frame();
    }
    send('pointermove', 0.3 + Math.floor(i / 50) / 20, 0.8);
    await frame();
    const start = performance.now();
    send('pointerup', 0.3, 0.8);
    await until(isRead);
    waits.push(performance.now() - start);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete' }));
    await until(() => answer.textContent === '');
  }
  return waits;
}

/**
 * Runs in the page: draws one long stroke, a few points a frame.
 * @param {{ points: number, perFrame: number }} stroke
 */
async function measureFrames({ points, perFrame }) {
  const paper = document.querySelector('[data-testid="drawing-canvas"]');
  if (!paper) throw new Error('no paper');
  const box = paper.getBoundingClientRect();
  const send = (/** @type {string} */ type, /** @type {number} */ i) => {
    const turn = i / 40;
    paper.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        isPrimary: true,
        pointerId: 1,
        clientX: box.left + box.width * (0.5 + (0.1 + i / 4000) * Math.cos(turn)),
        clientY: box.top + box.height * (0.5 + (0.1 + i / 4000) * Math.sin(turn)),
      }),
    );
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const frames = [];
  const work = [];
  send('pointerdown', 0);
  let last = await frame();
  for (let i = 1; i < points; i += perFrame) {
    const start = performance.now();
    for (let k = 0; k < perFrame; k++) send('pointermove', i + k);
    work.push(performance.now() - start);
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  send('pointerup', points);
  return { frames, work };
}
