import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { DIGITS, type Drawing, placed, written } from './handwriting';
import { draw, expectDigit, expectText, open, status } from './page';

for (const number of ['42', '1990', '507']) {
  test(`reads ${number}, with a box around each digit`, async ({ page }) => {
    await open(page);
    await draw(page, written(number, { size: 0.24 }));
    await expectText(page, number);
    await expect(page.getByTestId('character-box')).toHaveCount(number.length);
    await expect(status(page)).toContainText(number);
  });
}

test('reads lines from the top one down', async ({ page }) => {
  await open(page);
  await draw(page, [...written('27', { y: 0.55 }), ...written('38', { y: 0.1 })]);
  await expect(page.getByTestId('predicted-text')).toHaveText('38 27'); // a line break is white space, too
  await expect(page.getByTestId('character-box')).toHaveCount(4);
});

test('joins the strokes of a digit whatever is drawn in between', async ({ page }) => {
  await open(page);
  const [four, two] = [placed(DIGITS[4], { x: 0.1, y: 0.3, size: 0.3 }), placed(DIGITS[2], { x: 0.5, y: 0.3, size: 0.3 })];
  await draw(page, [four[0], ...two, four[1]]);
  await expectText(page, '42');
});

test('shows each digit’s pixels and probabilities, by keys alone', async ({ page }) => {
  await open(page);
  await draw(page, written('42', { size: 0.3 }));
  await expectText(page, '42');
  const [four, two] = [page.getByRole('button', { name: /^Character 1: 4/ }), page.getByRole('button', { name: /^Character 2: 2/ })];
  await expect(four).toHaveAttribute('aria-pressed', 'true');
  const pixels = await page.getByTestId('input-preview').getAttribute('data-pixels');
  await four.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(two).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('input-preview')).not.toHaveAttribute('data-pixels', pixels ?? '');
  await expect(page.locator('.bars .top')).toContainText('2');
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByRole('heading', { name: 'What speaks for a 2' })).toBeVisible();
});

const onPaper = (page: Page) => page.getByRole('radiogroup', { name: 'Characters on the paper' });

async function middleOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('not on the screen');
  return [box.x + box.width / 2, box.y + box.height / 2] as const;
}

test('a box is chosen by a tap on its tab, which leaves no ink, and by arrow keys', async ({ page }) => {
  await open(page);
  await draw(page, written('421', { size: 0.24 }));
  await expectText(page, '421');
  const [four, two, one] = [/^Character 1: 4/, /^Character 2: 2/, /^Character 3: 1/].map((name) => onPaper(page).getByRole('radio', { name }));
  await page.mouse.click(...(await middleOf(two)));
  await expect(two).toBeChecked();
  await expect(page.getByTestId('character-1')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 4 strokes');
  await page.keyboard.press('ArrowRight');
  await expect(one).toBeFocused();
  await expect(one).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(four).toBeChecked();
  await expect(page.locator('.bars .top')).toContainText('4');
});

test('a stroke that begins on a tab is drawn like any other', async ({ page }) => {
  await open(page);
  await draw(page, written('42', { size: 0.24 }));
  await expectText(page, '42');
  const [x, y] = await middleOf(onPaper(page).getByRole('radio').first());
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 40, y - 60, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 4 strokes');
});

test('goes back to a single digit, read as ever', async ({ page }) => {
  await open(page);
  await draw(page, placed(DIGITS[7], { x: 0.1, y: 0.3, size: 0.3 }));
  await expectDigit(page, 7);
  const before = await page.getByTestId('confidence').innerText();
  await draw(page, placed(DIGITS[1], { x: 0.5, y: 0.3, size: 0.3 }));
  await expectText(page, '71');
  await page.getByTestId('undo').click();
  await expectDigit(page, 7);
  await expect(page.getByTestId('confidence')).toHaveText(before);
  await expect(page.getByTestId('character-box')).toHaveCount(0);
});

test('has a wide sheet for a phone number, kept with the history', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Wide sheet, for numbers' }).click();
  const box = await page.getByTestId('drawing-canvas').boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(2, 1);
  await draw(page, placedWide('0123456789'));
  await expectText(page, '0123456789');
  await expect(page.getByTestId('character-box')).toHaveCount(10);
  await page.getByTestId('clear').click();
  await page.getByRole('button', { name: /^Open the drawing read as 0123456789/ }).click();
  await expectText(page, '0123456789');
});

test('has no barrier with a number on it, in the light and in the dark', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page);
    if (colorScheme === 'light') await draw(page, written('42', { size: 0.3 }));
    await expectText(page, '42');
    await expectAccessible(page);
  }
});

/** `draw` measures in widths of the paper, here twice its height. */
function placedWide(digits: string): Drawing {
  return written(digits, { x: 0.02, y: 0.18, size: 0.1, step: 0.96 });
}
