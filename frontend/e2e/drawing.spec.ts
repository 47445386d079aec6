import { expect, type Page, test } from '@playwright/test';
import { DIGITS, placed, PLACES } from './handwriting';
import { draw, expectDigit, open, SEVEN, status, TWO_STROKES } from './page';

const paper = 'drawing-canvas';

for (const [place, where] of Object.entries(PLACES)) {
  test(`reads every digit drawn ${place}`, async ({ page }) => {
    await open(page);
    for (const [digit, drawing] of DIGITS.entries()) {
      await draw(page, placed(drawing, where));
      await expectDigit(page, digit);
      await page.getByTestId('clear').click();
    }
  });
}

test('shows the answer in words, per cent and ten bars', async ({ page }) => {
  await open(page);
  await expect(status(page)).toContainText('Draw a digit');
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await expect(status(page)).toContainText('a 7');
  await expect(page.getByTestId('confidence')).toHaveText(/^>?\d+\.\d%$/);
  await expect(page.getByTestId('probability-7')).toHaveText(await page.getByTestId('confidence').innerText());
  const shares = await Promise.all(
    DIGITS.map(async (_, digit) => parseFloat((await page.getByTestId(`probability-${String(digit)}`).innerText()).replace(/[<>]/, ''))),
  );
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(1.1);
});

test('sends the very pixels of the preview, once a stroke', async ({ page }) => {
  const sent: number[][] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/predict')) sent.push((request.postDataJSON() as { pixels: number[] }).pixels);
  });
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  expect(sent).toHaveLength(1);
  expect(sent[0].join(' ')).toBe(await page.getByTestId('input-preview').getAttribute('data-pixels'));
});

test('sends nothing for a blank paper', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await open(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Predict' })).toBeDisabled();
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.getByTestId('clear').click();
  await expectDigit(page, '');
  await page.waitForTimeout(300);
  expect(asked.filter((path) => path === '/predict')).toHaveLength(1);
});

test('takes strokes back, brings them again and clears', async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId(paper);
  await draw(page, TWO_STROKES);
  await expectDigit(page, 4);
  await page.getByTestId('undo').click();
  await expect(canvas).toHaveAccessibleName('Drawing of 1 stroke');
  await page.getByTestId('redo').click();
  await expectDigit(page, 4);
  await page.getByTestId('clear').click();
  await expectDigit(page, '');
  await expect(canvas).toHaveAccessibleName('Drawing, empty');
  await page.getByTestId('undo').click();
  await expectDigit(page, 4);
});

test('obeys the shortcuts that the help dialog lists', async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId(paper);
  await draw(page, TWO_STROKES);
  await page.keyboard.press('Control+z');
  await expect(canvas).toHaveAccessibleName('Drawing of 1 stroke');
  await page.keyboard.press('Control+Shift+z');
  await expect(canvas).toHaveAccessibleName('Drawing of 2 strokes');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await expect(canvas).toHaveAccessibleName('Drawing of 2 strokes');
  await page.keyboard.press('Delete');
  await expect(canvas).toHaveAccessibleName('Drawing, empty');
  await page.getByRole('button', { name: 'Help and shortcuts' }).click();
  await expect(page.getByRole('dialog')).toContainText('Ctrl Z');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('erases the stroke that the eraser touches', async ({ page }) => {
  await open(page);
  await draw(page, TWO_STROKES);
  await page.getByRole('button', { name: 'Eraser' }).click();
  await draw(page, [[[0.55, 0.3], [0.72, 0.42]]]); // prettier-ignore
  await expect(page.getByTestId(paper)).toHaveAccessibleName('Drawing of 1 stroke');
  await page.getByTestId('undo').click();
  await expect(page.getByTestId(paper)).toHaveAccessibleName('Drawing of 2 strokes');
});

test('goes on drawing outside the paper', async ({ page }) => {
  await open(page);
  await draw(page, [[[0.4, 0.2], [1.2, 0.2], [1.25, 0.4], [0.9, 0.9]]]); // prettier-ignore
  await expect(page.getByTestId(paper)).toHaveAccessibleName('Drawing of 1 stroke');
  await expectDigit(page, 7);
});

test('changes what is drawn with the pen width, not what the model sees', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  const preview = page.getByTestId('input-preview');
  const [ink, pixels] = [await inkOnPaper(page), await preview.getAttribute('data-pixels')];
  await page.getByRole('button', { name: 'Broad pen' }).click();
  await expect.poll(() => inkOnPaper(page)).toBeGreaterThan(ink * 1.3);
  expect(await preview.getAttribute('data-pixels')).toBe(pixels);
});

test('keeps the drawing through a reload', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.reload();
  await expectDigit(page, 7);
  await expect(page.getByTestId(paper)).toHaveAccessibleName('Drawing of 1 stroke');
});

test('waits for Predict once “As I draw” is off', async ({ page }) => {
  await open(page);
  await page.getByRole('switch', { name: 'As I draw' }).click();
  await draw(page, SEVEN);
  await expect(status(page)).toContainText('Press Predict');
  await expectDigit(page, '');
  await page.getByRole('button', { name: 'Predict' }).click();
  await expectDigit(page, 7);
});

async function inkOnPaper(page: Page): Promise<number> {
  return page.getByTestId(paper).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return Array.from(image).filter((value, i) => i % 4 === 3 && value > 127).length;
  });
}
