import { expect, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN } from './page';
import { SHARING_API_PORT } from './ports';
import { createDatabase, createServer, useServer } from './servers';

test('a drawing is shared by a link that brings it, replays it and has it read, and sends it to nobody', async ({ page, context }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: 'Link to the drawing' }).inputValue();
  expect(link.length).toBeLessThanOrEqual(2_000);
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();

  const other = await context.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  await other.addInitScript(() => { localStorage.clear(); });
  await other.goto(link);
  await expect(other.getByTestId('stroke-replay')).toBeVisible();
  await expectDigit(other, 7);
  await expect(other.getByTestId('stroke-replay')).toBeHidden();
  await expect(other.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');
  expect(new URL(other.url()).hash).toBe('');
  const text = new URL(link).hash.slice(3);
  expect(asked.filter((what) => what.includes(text))).toEqual([]);
});

test('a link that is broken is refused in words, and the drawing stays', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await page.evaluate(() => { window.location.hash = '#d=1AAAA%00'; });
  await expect(page.getByText('This link holds no whole drawing.')).toBeVisible();
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('This link holds no whole drawing.')).toBeHidden();
});

test.describe('where the server keeps drawings', () => {
  const database = createDatabase();
  const server = createServer(SHARING_API_PORT, { SHARING: 'on', DATABASE_URL: database.url, API_WORKERS: '1' });

  test.beforeAll(() => server.start());
  test.afterAll(async () => {
    await server.stop();
    database.remove();
  });

  test('a short link opens the drawing anywhere, until who made it deletes it', async ({ page, browser }) => {
    await useServer(page, SHARING_API_PORT);
    await open(page);
    await draw(page, SEVEN);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('button', { name: 'Make a short link' }).click();
    const link = await page.getByRole('textbox', { name: 'Short link to the drawing' }).inputValue();
    expect(link).toMatch(/#s=[\w-]{22}$/);

    const anybody = await (await browser.newContext()).newPage();
    await useServer(anybody, SHARING_API_PORT);
    await anybody.goto(link);
    await expectDigit(anybody, 7);
    await expect(anybody.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');

    await page.getByRole('button', { name: /^Delete …/ }).click();
    await expect(page.getByText('Its link opens nothing any more.')).toBeVisible();
    await anybody.goto('about:blank');
    await anybody.goto(link);
    await expect(anybody.getByText('The drawing of this link is there no more')).toBeVisible();
    await expect(anybody.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');
    await anybody.context().close();
  });
});
