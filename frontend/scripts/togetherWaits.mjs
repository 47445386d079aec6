// How long it takes from a pen that moves to the screen of somebody else in the same room, on one machine.

const STROKES = 10;
const MOVES = 40; // of a stroke

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of a page whose server has rooms
 * @returns {Promise<number[]>} ms from each move of the pen to the frame that shows it on the other screen
 */
export async function measureTogetherWaits(browser, address) {
  const drawing = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await drawing.goto(address);
  await drawing.getByRole('button', { name: 'Draw together' }).click();
  await drawing.getByRole('button', { name: 'Start a room' }).click();
  const link = await drawing.getByRole('textbox', { name: 'Link to the room' }).inputValue();
  await drawing.keyboard.press('Escape');
  const seeing = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await seeing.goto(link);
  await drawing.getByText('Drawing with').waitFor();
  await seeing.getByTestId('people').locator('path').waitFor({ state: 'attached' });
  await seeing.evaluate(watch);
  const moved = await drawing.evaluate(drawStrokes, { strokes: STROKES, moves: MOVES });
  await seeing.waitForTimeout(1_000);
  const seen = new Map(await seeing.evaluate(() => /** @type {[string, number][]} */ (Reflect.get(window, 'seen'))));
  await drawing.close();
  await seeing.close();
  return moved.flatMap(([place, at]) => (seen.has(place) ? [/** @type {number} */ (seen.get(place)) - at] : []));
}

/** Runs in the page that sees: notes when each place was on the screen, by the clock that both pages share. */
function watch() {
  /** @type {[string, number][]} */
  const seen = [];
  Reflect.set(window, 'seen', seen);
  new MutationObserver(() => {
    const place = /L([^L]+)$/.exec(document.querySelector('[data-testid="people"] path')?.getAttribute('d') ?? '')?.[1];
    const { port1, port2 } = new MessageChannel(); // its message comes after the frame
    port1.onmessage = () => {
      if (place && seen.at(-1)?.[0] !== place) seen.push([place, performance.timeOrigin + performance.now()]);
    };
    port2.postMessage(null);
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['d'] });
}

/**
 * Runs in the page that draws, each move at another time between two frames.
 * @param {{ strokes: number, moves: number }} drawn
 * @returns {Promise<[string, number][]>}
 */
async function drawStrokes({ strokes, moves }) {
  const paper = document.querySelector('[data-testid="drawing-canvas"]');
  if (!paper) throw new Error('no paper');
  const box = paper.getBoundingClientRect();
  /** @type {[string, number][]} */
  const moved = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    for (let i = 0; i <= moves; i++) {
      await new Promise((resolve) => setTimeout(resolve, 80 + (i * 7) % 17));
      const [x, y] = [10 + 2 * i, 10 + 8 * stroke]; // hundredths of the paper
      moved.push([`${x} ${y}`, performance.timeOrigin + performance.now()]);
      paper.dispatchEvent(
        new PointerEvent(i === 0 ? 'pointerdown' : 'pointermove', {
          bubbles: true,
          isPrimary: true,
          pointerId: 1,
          clientX: box.left + (x / 100) * box.width,
          clientY: box.top + (y / 100) * box.height,
        }),
      );
    }
    paper.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, isPrimary: true, pointerId: 1 }));
  }
  return moved;
}
