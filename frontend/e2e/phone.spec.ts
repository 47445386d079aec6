import { expect, type Page, test } from '@playwright/test';
import { DIGITS, placed, PLACES } from './handwriting';
import { drawByTouch, expectDigit, expectText, open } from './page';
import { pick, pictureOf } from './pictures';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

test('a finger draws and the page stays where it is', async ({ page }) => {
  await open(page);
  const top = await page.evaluate(() => window.scrollY);
  for (const digit of [3, 7]) {
    await drawByTouch(page, placed(DIGITS[digit], PLACES['in the middle']));
    await expectDigit(page, digit);
    await page.getByTestId('clear').tap();
  }
  expect(await page.evaluate(() => window.scrollY)).toBe(top);
});

test('a second finger does not draw', async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId('drawing-canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no paper');
  const at = (id: number, x: number, y: number) => ({ id, x: box.x + x * box.width, y: box.y + y * box.height });
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof at>[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [at(0, 0.5, 0.2)]);
  await touch('touchStart', [at(0, 0.5, 0.2), at(1, 0.1, 0.8)]);
  for (const y of [0.4, 0.6, 0.8]) await touch('touchMove', [at(0, 0.5, y), at(1, 0.1 + y / 2, 0.8)]);
  await touch('touchEnd', []);
  await expect(canvas).toHaveAccessibleName('Drawing of 1 stroke');
  await expectDigit(page, 1);
});

test('a finger draws while the palm rests on the paper', async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId('drawing-canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no paper');
  const at = (id: number, [x, y]: readonly [number, number]) => ({ id, x: box.x + x * box.width, y: box.y + y * box.height });
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof at>[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [at(0, [0.9, 0.95])]);
  for (const stroke of placed(DIGITS[4], PLACES['in the middle'])) {
    await touch('touchStart', [at(0, [0.9, 0.95]), at(1, stroke[0])]);
    for (const [i, place] of stroke.entries()) {
      await touch('touchMove', [at(0, [0.9 + (i % 3) / 200, 0.95]), at(1, place)]);
    }
    await touch('touchEnd', [at(1, stroke[stroke.length - 1])]);
  }
  await touch('touchEnd', []);
  await expect(canvas).toHaveAccessibleName('Drawing of 2 strokes');
  await expectDigit(page, 4);
});

const SIZES = [[320, 568], [360, 740], [390, 844], [430, 932], [568, 320], [844, 390]] as const; // prettier-ignore
// Three digits beside each other: a seven, a one, a seven.
const NUMBER = [[[0.06, 0.3], [0.3, 0.3], [0.12, 0.7]], [[0.5, 0.3], [0.5, 0.7]], [[0.72, 0.3], [0.95, 0.3], [0.78, 0.7]]] as const; // prettier-ignore

test('on phones of all sizes, upright and on their side, what is read is on the screen while one draws', async ({ page }) => {
  test.slow(); // many sizes
  await page.addInitScript(() => {
    const ticks: unknown[] = [];
    Object.assign(window, { ticks });
    navigator.vibrate = (pattern) => ticks.push(pattern) > 0;
  });
  await page.route('**/teaching', (route) =>
    route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: { teaching: 'on', collections: ['default'], kept: 0, limit: 2_000 },
    }),
  );
  await open(page);
  const wrong = page.getByRole('button', { name: 'Wrong?' });
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await drawByTouch(page, placed(DIGITS[7], PLACES['in the middle']));
    await expectDigit(page, 7);
    await expectAllInReach(page, width);
    await wrong.tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect.poll(() => hidden(page, '.meant-picker', '.teach-bar')).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('clear').tap();
  }
  await drawByTouch(page, NUMBER);
  await expectText(page, '717');
  for (const [width, height] of [SIZES[5], SIZES[4], SIZES[0]]) {
    await page.setViewportSize({ width, height });
    await expectAllInReach(page, width);
  }
  expect(await page.evaluate(() => (window as unknown as { ticks: number[] }).ticks.length)).toBeGreaterThanOrEqual(SIZES.length + 1);
});

test('who wants less motion feels no tick', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => { navigator.vibrate = () => { throw new Error('a tick'); }; });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await open(page);
  await drawByTouch(page, placed(DIGITS[7], PLACES['in the middle']));
  await expectDigit(page, 7);
  expect(errors).toEqual([]);
});

for (const width of [320, 390]) {
  test(`nothing is wider than a screen of ${String(width)} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await open(page);
    await drawByTouch(page, placed(DIGITS[7], PLACES['in the middle']));
    await expectDigit(page, 7);
    expect(await widthOf(page)).toBe(width);
    await page.getByRole('button', { name: 'Why?' }).tap();
    await expect(page.getByRole('heading', { name: 'Inside the network' })).toBeVisible();
    expect(await widthOf(page)).toBe(width);
    const picture = await pictureOf(page, 4, { name: 'a photo with a rather long name, as phones give them.png' });
    await pick(page, picture);
    await expect(page.getByRole('button', { name: 'Show ink' })).toBeVisible();
    expect(await widthOf(page)).toBe(width);
    await pick(page, picture, { ...picture, buffer: Buffer.from('no picture') });
    await expect(page.getByText('1 with a digit, 1 not read.')).toBeVisible();
    expect(await widthOf(page)).toBe(width);
  });
}

test('the camera of a phone takes a picture to be read', async ({ page }) => {
  await open(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Take a photo' }).tap(),
  ]);
  await expect(page.getByTestId('camera-input')).toHaveAttribute('capture', 'environment');
  await chooser.setFiles(await pictureOf(page, 4, { mimeType: 'image/jpeg', name: 'photo.jpg' }));
  await expectDigit(page, 4);
});

/** The paper, what is read, its words and the bar to correct it can all be seen, and a finger hits every button. */
async function expectAllInReach(page: Page, width: number): Promise<void> {
  const outside = () =>
    page.evaluate(() => {
      const parts = ['[data-testid="drawing-canvas"]', '[data-testid="predicted-text"]', '.status', '.teach-bar'];
      const isOutside = (part: string) => {
        const { left, top, right, bottom } = document.querySelector(part)?.getBoundingClientRect() ?? new DOMRect(-1, -1);
        return left < 0 || top < 0 || right > window.innerWidth + 0.5 || bottom > window.innerHeight + 0.5;
      };
      return parts.filter(isOutside);
    });
  await expect.poll(outside).toEqual([]);
  const small = await page.evaluate(() => {
    // What is read can be chosen on the strip, too, so that its tabs need not hide the paper.
    const targets = document.querySelectorAll<HTMLElement>('header :is(button, label), .desk :is(button:not(.character-handle), label), .reading button:not(.character-handle)');
    return Array.from(targets)
      .map((target) => ({ name: target.ariaLabel ?? target.innerText, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 43.5)
      .map(({ name, box }) => `${name}: ${String(box.width)} x ${String(box.height)}`);
  });
  expect(small).toEqual([]);
  expect(await widthOf(page)).toBe(width);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
}

/** How much of one element lies under another, in px². */
function hidden(page: Page, above: string, below: string): Promise<number> {
  return page.evaluate(([a, b]) => {
    const [over, under] = [a, b].map((part) => document.querySelector(part)?.getBoundingClientRect() ?? new DOMRect());
    const across = Math.min(over.right, under.right) - Math.max(over.left, under.left);
    const down = Math.min(over.bottom, under.bottom) - Math.max(over.top, under.top);
    return across > 1 && down > 1 ? across * down : 0;
  }, [above, below] as const);
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
