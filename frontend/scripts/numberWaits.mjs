// How long the answer takes after each stroke of a number of ten digits that is drawn on the page.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const DIGITS = 10;
const SIZE = 0.16; // of the paper's height

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {number} numbers how many are drawn, each a little differently
 * @returns {Promise<number[]>} ms from the pen's lift to the answer on the screen, for every stroke
 */
export async function measureNumberWaits(browser, address, numbers) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  /** @type {{ module: typeof import('../src/ink/samples') }} */
  const { module } = await runnerImport('/src/ink/samples.ts', { root, configFile: false, logLevel: 'warn' });
  const samples = module.SAMPLES.slice(0, DIGITS);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(() => { localStorage.setItem('digits.wideSheet', 'true'); });
  await page.goto(address);
  await page.getByTestId('status').getByText('Draw a digit').waitFor();
  const waits = [];
  for (let number = 0; number < numbers; number++) {
    const strokes = samples.flatMap(({ strokes }, i) =>
      strokes.map((stroke) => stroke.map(([x, y]) => [0.1 + 0.18 * i + SIZE * x, 0.3 + (SIZE + number / 200) * y])),
    );
    waits.push(...(await page.evaluate(drawAll, strokes)));
    await page.keyboard.press('Delete');
    await page.getByTestId('predicted-text').filter({ hasText: /^$/ }).waitFor();
  }
  await page.close();
  return waits;
}

/**
 * Runs in the page: draws strokes, in heights of the paper, and waits for the answer after each.
 * @param {number[][][]} strokes
 */
async function drawAll(strokes) {
  const [paper, answer] = ['drawing-canvas', 'predicted-text'].map((id) => document.querySelector(`[data-testid="${id}"]`));
  if (!paper || !answer) throw new Error('no paper, or no answer');
  const box = paper.getBoundingClientRect();
  const send = (/** @type {string} */ type, /** @type {number[]} */ [x, y]) =>
    paper.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        isPrimary: true,
        pointerId: 1,
        clientX: box.left + x * box.height,
        clientY: box.top + y * box.height,
      }),
    );
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const waits = [];
  for (const stroke of strokes) {
    send('pointerdown', stroke[0]);
    for (const [i, point] of stroke.entries()) {
      send('pointermove', point);
      if (i % 4 === 0) await frame();
    }
    let isAsked = false;
    const watch = new MutationObserver(() => { isAsked = true; });
    watch.observe(answer, { attributeFilter: ['aria-busy'] });
    const start = performance.now();
    send('pointerup', stroke[stroke.length - 1]);
    while (!isAsked || answer.getAttribute('aria-busy') === 'true') await frame();
    waits.push(performance.now() - start);
    watch.disconnect();
  }
  return waits;
}
