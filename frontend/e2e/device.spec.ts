import { expect, type Page, type Request, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN, status, TWO_STROKES } from './page';
import { pick, pictureOf } from './pictures';
import { API_PORT } from './ports';

const API = `**://localhost:${String(API_PORT)}/**`;

async function cutOff(page: Page): Promise<void> {
  await page.route(API, (route) => route.abort('connectionrefused'));
}

test.describe.configure({ timeout: 90_000 });

test('a page that never finds a server reads by itself, letters too, and says so', async ({ page }) => {
  await cutOff(page);
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await expect(status(page)).toContainText('on this device');
  await expect(page.getByRole('banner')).toContainText('Server offline, read on this device');
  await expect(page.getByTestId('who-reads')).toContainText('this device reads');
  await expect(page.getByRole('region', { name: 'About the model' })).toContainText('MNIST');
  await page.getByTestId('clear').click();
  await expect(status(page)).toContainText('Draw a digit');
  await page.getByRole('button', { name: 'Try the number 1905' }).click();
  await expect(page.getByTestId('predicted-text')).toHaveText('1905');
  await page.getByTestId('alphabet-letters').click();
  await page.getByRole('button', { name: 'Try a capital K', exact: true }).click();
  await expect(page.getByTestId('predicted-text')).toHaveText('K');
});

test('a server that goes away while the pen is down is stood in for, and has its place again once it is back', async ({ page }) => {
  await open(page);
  await draw(page, TWO_STROKES);
  await expectDigit(page, 4);
  await page.getByTestId('clear').click();
  const paper = await page.getByTestId('drawing-canvas').boundingBox();
  if (!paper) throw new Error('the paper is not on the screen');
  const [first, ...rest] = SEVEN[0].map(([x, y]) => [paper.x + x * paper.width, paper.y + y * paper.height] as const);
  await page.mouse.move(...first);
  await page.mouse.down();
  await cutOff(page);
  for (const place of rest) await page.mouse.move(...place);
  await page.mouse.up();
  await expectDigit(page, 7);
  await expect(status(page)).toContainText('on this device');

  await expect(page.getByRole('banner')).toContainText('Server offline, read on this device');
  await page.unroute(API);
  await expect(page.getByRole('banner')).toContainText('Server ready', { timeout: 20_000 });
  await page.getByTestId('clear').click();
  const asked = page.waitForRequest(`**://localhost:${String(API_PORT)}/predict**`);
  await draw(page, [[[0.3, 0.2], [0.75, 0.2], [0.45, 0.8]]]); // prettier-ignore
  await asked;
  await expectDigit(page, 7);
});

test('a server that takes the question and never answers is not waited for', async ({ page }) => {
  await page.route(API, () => undefined);
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await expect(status(page)).toContainText('on this device');
});

test('where nothing shall be sent, nothing is: not for an answer, nor at the next start, nor for a picture', async ({ page }) => {
  await open(page);
  await page.getByRole('switch', { name: 'Read on this device only' }).click();
  await expect(page.getByRole('banner')).toContainText('Read on this device only');
  const sent: string[] = [];
  const own = new URL(page.url()).origin;
  const note = (request: Request) => {
    if (request.method() !== 'GET' || new URL(request.url()).origin !== own) sent.push(request.url());
  };
  page.on('request', note);

  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByText('didn’t explain')).toBeVisible();
  await page.reload();
  await expectDigit(page, 7);
  await page.getByTestId('alphabet-letters').click();
  await page.getByRole('button', { name: 'Try a capital K', exact: true }).click();
  await expect(page.getByTestId('predicted-text')).toHaveText('K');
  await page.getByTestId('alphabet-digits').click();
  await pick(page, await pictureOf(page, 4));
  await expect(status(page)).toContainText('Only the server reads pictures');
  await expect(status(page)).toContainText('Nothing was sent');
  // Long enough for a look at the server's health, had there been one.
  await page.waitForTimeout(1_500);
  expect(sent.filter((url) => !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);

  await page.getByRole('switch', { name: 'Read on this device only' }).click();
  await expect(page.getByRole('banner')).toContainText('Server ready');
});
