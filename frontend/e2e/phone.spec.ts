import { expect, type Page, test } from '@playwright/test';
import { DIGITS, placed, PLACES } from './handwriting';
import { drawByTouch, expectDigit, open } from './page';
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

test.describe('on its side', () => {
  test.use({ viewport: { width: 844, height: 390 } });

  test('the phone shows the whole paper, and what is read beside it', async ({ page }) => {
    await open(page);
    await drawByTouch(page, placed(DIGITS[7], PLACES['in the middle']));
    await expectDigit(page, 7);
    const paper = page.getByTestId('drawing-canvas');
    await paper.scrollIntoViewIfNeeded();
    for (const part of [paper, page.getByTestId('predicted-digit'), page.getByTestId('clear')]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
    expect(await widthOf(page)).toBe(844);
  });
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

function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
