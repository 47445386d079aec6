import { readFile } from 'node:fs/promises';
import { type Download, expect, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN, TWO_STROKES } from './page';
import { pick, pictureOf } from './pictures';

test('a sample is drawn and read at a click', async ({ page }) => {
  await open(page);
  const samples = page.getByRole('button', { name: /^Try an? (?!picture)/ });
  expect(await samples.count()).toBeGreaterThanOrEqual(10);
  for (const sample of await samples.all()) {
    const digit = /\d/.exec((await sample.getAttribute('aria-label')) ?? '')?.[0];
    await sample.click();
    await expectDigit(page, Number(digit));
  }
});

test('the preview shows what a plain resize would have sent', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  const preview = page.getByTestId('input-preview');
  const framed = await preview.getAttribute('data-pixels');
  await page.getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(preview).toHaveAccessibleName('A plain resize to 28 by 28');
  expect(await preview.getAttribute('data-pixels')).not.toBe(framed);
  await page.getByRole('button', { name: 'Framed', exact: true }).click();
  expect(await preview.getAttribute('data-pixels')).toBe(framed);
});

test('the timeline tells when the drawing became its digit, by few requests', async ({ page }) => {
  const batches: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/predict/batch') && request.method() === 'POST') batches.push(request.url());
  });
  await open(page);
  await draw(page, TWO_STROKES);
  await expectDigit(page, 4);
  batches.length = 0; // what was asked while it was drawn
  await page.getByRole('button', { name: 'Replay the drawing' }).click();
  const moment = page.getByTestId('timeline-moment');
  await expect(moment).toContainText('a 4');
  const slider = page.getByRole('slider', { name: 'Moment of the drawing' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(moment).toContainText('1 of ');
  const seen = new Set<string>();
  for (let i = 0; i < 40; i++) {
    seen.add(await moment.innerText());
    await page.keyboard.press('ArrowRight');
  }
  expect([...seen].some((words) => words.includes('It became a 4 here'))).toBe(true);
  // All moments at once; those in doubt may be cut, and are asked about again.
  expect(batches.length).toBeGreaterThan(0);
  expect(batches.length).toBeLessThanOrEqual(5);
});

test('earlier drawings come back at a click, and go one by one or all at once', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.getByTestId('clear').click();
  await draw(page, TWO_STROKES);
  await expectDigit(page, 4);
  await page.getByTestId('clear').click();
  const opened = page.getByRole('button', { name: /^Open the drawing/ });
  await expect(opened).toHaveCount(2);
  await page.getByRole('button', { name: /^Open the drawing read as 7/ }).click();
  await expectDigit(page, 7);
  await expect(opened).toHaveCount(2);
  await page.reload();
  await expect(opened).toHaveCount(2);
  await page.getByRole('button', { name: /^Delete the drawing read as 4/ }).click();
  await expect(opened).toHaveCount(1);
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(opened).toHaveCount(0);
});

test('what is deleted from the history stays deleted, whatever is looked at next', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  const opened = page.getByRole('button', { name: /^Open the drawing/ });
  await expect(opened).toHaveCount(1);
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(opened).toHaveCount(0);

  await page.reload();
  await expectDigit(page, 7);
  await expect(opened).toHaveCount(0);
  await pick(page, await pictureOf(page, 4));
  await expectDigit(page, 4);
  await page.getByRole('button', { name: 'Back to the drawing' }).click();
  await expectDigit(page, 7);
  await page.getByTestId('clear').click();
  await page.getByTestId('undo').click();
  await expectDigit(page, 7);
  await expect(opened).toHaveCount(0);

  await draw(page, [[[0.4, 0.5], [0.6, 0.5]]]); // prettier-ignore
  await expectDigit(page, 7);
  await expect(opened).toHaveCount(1);
});

test('two tabs keep each other’s drawings, and what one deletes the other forgets', async ({ page, context }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  const other = await context.newPage();
  await open(other);
  await other.getByTestId('clear').click();
  await draw(other, TWO_STROKES);
  await expectDigit(other, 4);
  await page.bringToFront();
  await page.getByTestId('clear').click();
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  for (const tab of [page, other]) {
    await expect(tab.getByRole('button', { name: /^Open the drawing/ })).toHaveCount(3);
  }
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(other.getByRole('button', { name: /^Open the drawing/ })).toHaveCount(0);
});

test('a browser that is full is told of, and the history goes on until the page is closed', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        localStorage.setItem(`filling ${String(size)}`, '.'.repeat(size));
      } catch {
        // as full as this size allows
      }
    }
  });
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await expect(page.getByText('This browser has no room for them')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Open the drawing read as 7/ })).toBeVisible();
  await page.evaluate(() => { localStorage.clear(); });
  await page.getByTestId('clear').click();
  await draw(page, TWO_STROKES);
  await expectDigit(page, 4);
  await expect(page.getByText('This browser has no room for them')).toBeHidden();
});

test('the session downloads as CSV', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [header, row] = (await textOf(download)).split('\r\n').map((line) => line.split(','));
  expect(row).toHaveLength(header.length);
  expect(row[header.indexOf('digit')]).toBe('7');
  expect(Number(row[header.indexOf('p7')])).toBeGreaterThan(0.5);
});

test('a drawing downloads as PNG and as JSON that opens again', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  const save = (name: string) =>
    Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
  const [png] = await save('PNG');
  expect((await bytesOf(png)).subarray(1, 4).toString()).toBe('PNG');
  const [json] = await save('JSON');
  const saved = await textOf(json);
  const { answer } = JSON.parse(saved) as { answer: { digit: number; model: string } };
  expect(answer.digit).toBe(7);
  expect(answer.model).not.toBe('');

  await page.getByTestId('clear').click();
  const file = { name: 'digit.json', mimeType: 'application/json', buffer: Buffer.from(saved) };
  await page.getByTestId('drawing-file').setInputFiles(file);
  await expectDigit(page, 7);
  await page.getByTestId('drawing-file').setInputFiles({ ...file, buffer: Buffer.from('{}') });
  await expect(page.getByText('This file holds no drawing')).toBeVisible();
  await expectDigit(page, 7);
});

test('a digit is drawn by keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Keyboard grid' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Row 15, column 15, paper' })).toBeFocused();
  for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowUp');
  for (let i = 0; i < 13; i++) await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(14);
  await expectDigit(page, 1);
  await page.keyboard.press('Space');
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(13);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(14);
});

test('the model tells its facts', async ({ page }) => {
  await open(page);
  const about = page.getByRole('region', { name: 'About the model' });
  for (const fact of ['MNIST’s test images', 'Parameters', 'Version', 'Learnt from', 'Trained on']) {
    await expect(about).toContainText(fact);
  }
  for (const [table, row] of [
    ['By who wrote it', /^Strangers, whole collections \d+\.\d%/],
    ['By how it came in', /^Strokes, as on this page \d+\.\d%/],
    ['By style, of strangers', /^Slashed zero \d+\.\d% ?\d+\.\d to \d+\.\d \d+$/],
    ['What is no digit, and is refused', /^Real letters \d+\.\d%$/],
  ] as const) {
    await expect(about.getByRole('table', { name: table }).getByRole('row', { name: row })).toBeVisible();
  }
});

test('nothing moves when an answer arrives', async ({ page }) => {
  await open(page);
  const places = () =>
    page.evaluate(() =>
      ['predicted-digit', 'probability-0', 'probability-9', 'clear', 'drawing-canvas'].map((id) => {
        const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
        return [box?.x, box?.y, box?.height];
      }),
    );
  const before = await places();
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  expect(await places()).toEqual(before);
});

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

async function textOf(download: Download): Promise<string> {
  return (await bytesOf(download)).toString('utf8');
}
