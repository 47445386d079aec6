import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { draw, expectDigit, open, strokeCount } from './page';

test.use({ hasTouch: true });

/** Downwards in the middle, in units of the paper. */
const DOWN = Array.from({ length: 25 }, (_, i) => [0.5, 0.15 + (0.7 * i) / 24] as const);

test('a pen draws wider where it presses harder, through a reload too, and the model sees what a mouse would have drawn', async ({ page }) => {
  await open(page);
  await drawByPen(page, (i) => 0.05 + (0.95 * i) / 24);
  await expectDigit(page, 1);
  const [gently, hard] = await widthsAt(page, 0.25, 0.75);
  expect(hard).toBeGreaterThan(1.4 * gently);
  const seen = await page.getByTestId('input-preview').getAttribute('data-pixels');
  await page.reload();
  await expectDigit(page, 1);
  expect(await widthsAt(page, 0.25, 0.75)).toEqual([gently, hard]);

  await page.getByTestId('clear').click();
  await draw(page, [DOWN]);
  await expectDigit(page, 1);
  expect(await page.getByTestId('input-preview').getAttribute('data-pixels')).toBe(seen);
  const [above, below] = await widthsAt(page, 0.25, 0.75);
  expect(above).toBe(below);
});

test('the hand that holds a pen draws nothing, nor does a palm alone, and a finger draws', async ({ page }) => {
  await open(page);
  const session = await page.context().newCDPSession(page);
  await touch(page, session, { radiusX: 70, radiusY: 50 });
  await drawByPen(page, () => 0.5);
  await touch(page, session, {});
  await expect(strokeCount(page)).toHaveAccessibleName('Drawing of 1 stroke');
  await page.waitForTimeout(1_100); // the pen is put away
  await touch(page, session, {});
  await expect(strokeCount(page)).toHaveAccessibleName('Drawing of 2 strokes');
});

async function drawByPen(page: Page, forceAt: (i: number) => number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const box = await boxOf(page);
  for (const [i, [px, py]] of DOWN.entries()) {
    const at = { x: box.x + px * box.width, y: box.y + py * box.height, pointerType: 'pen', force: forceAt(i) } as const;
    await session.send('Input.dispatchMouseEvent', {
      ...at,
      ...(i === 0 ? { type: 'mousePressed', button: 'left', clickCount: 1 } : { type: 'mouseMoved', buttons: 1 }),
    });
    if (i === DOWN.length - 1) {
      await session.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased', button: 'left', clickCount: 1 });
    }
  }
  await session.detach();
}

async function touch(page: Page, session: CDPSession, size: { radiusX?: number; radiusY?: number }): Promise<void> {
  const { x, y, width, height } = await boxOf(page);
  const [from, to] = [0.7, 0.8].map((share) => ({ x: x + share * width, y: y + share * height, ...size }));
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

async function boxOf(page: Page) {
  const box = await page.getByTestId('drawing-canvas').boundingBox();
  if (!box) throw new Error('the paper is not on the screen');
  return box;
}

/** How many px of ink there are in rows of the paper, each a share of its height. */
async function widthsAt(page: Page, ...shares: number[]): Promise<number[]> {
  return page.getByTestId('drawing-canvas').evaluate((canvas: HTMLCanvasElement, rows) => {
    const context = canvas.getContext('2d');
    return rows.map((row) => {
      const { data = [] } = context?.getImageData(0, Math.round(row * canvas.height), canvas.width, 1) ?? {};
      return Array.from(data).filter((level, i) => i % 4 === 3 && level > 127).length;
    });
  }, shares);
}
