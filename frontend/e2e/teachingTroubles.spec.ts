import { expect, type Page, test } from '@playwright/test';
import { DIGITS, placed, PLACES } from './handwriting';
import { draw, expectDigit, open } from './page';
import { TROUBLED_API_PORT, WEB_PORT } from './ports';
import { problem } from './problems';
import { createDatabase, createServer, useServer } from './servers';
import { agree, hand, kept, lessons, openKept, teachBar } from './teaching';

// A file may grow to this, in KiB: a little more than a new database has, and less than a few lessons need.
const NEARLY_FULL = 'ulimit -S -f 200';
const NO_DATABASE = 'postgresql://localhost:9/lessons'; // nobody listens there
const TOKEN = 'a-token-of-sixteen-or-more';

const database = createDatabase();
const server = createServer(TROUBLED_API_PORT, { TEACHING: 'on', DATABASE_URL: database.url, API_WORKERS: '1' });

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000); // servers are started
  await useServer(page, TROUBLED_API_PORT);
});
test.afterEach(() => server.stop());
test.afterAll(() => {
  database.remove();
});

async function openTaught(page: Page, meant: string) {
  await open(page);
  await draw(page, placed(DIGITS[7], PLACES['in the middle']));
  await expectDigit(page, 7);
  await page.keyboard.press(`Shift+${meant}`);
  await agree(page);
}

async function expectSent(page: Page, meant: readonly string[]) {
  await expect
    .poll(async () => (await lessons(page, server.address)).map((lesson) => lesson.meant), { timeout: 30_000 })
    .toEqual(meant);
}

test('with its database down the server is told of, and the lesson waits until it is back', async ({ page }) => {
  await server.start({ DATABASE_URL: NO_DATABASE });
  await openTaught(page, '9');
  await expect(teachBar(page)).toContainText('The server can’t keep lessons at the moment. Yours waits here', { timeout: 30_000 });
  await expect(hand(page)).toContainText('1 lesson not sent yet');
  await page.reload();
  await expect(hand(page)).toContainText('1 lesson not sent yet', { timeout: 30_000 });
  await server.stop();
  await server.start();
  await expectSent(page, ['9']);
  await expect(hand(page)).toContainText('The server keeps 1 lesson of yours');
});

test('with its disk full the server is told of, and the lesson waits until there is room', async ({ page }) => {
  await server.start({}, NEARLY_FULL);
  await openTaught(page, '9');
  const waits = teachBar(page).getByText('Yours waits here');
  for (const digit of [1, 2, 3, 4, 5, 6, 8, 0, 9, 1, 2, 3, 4, 5, 6, 8]) {
    await expect(teachBar(page)).toContainText(/Kept as a|waits here/);
    if (await waits.isVisible()) break;
    await page.getByTestId('clear').click();
    await draw(page, placed(DIGITS[digit], PLACES['in the middle']));
    await expect(teachBar(page)).toContainText('Is that right?');
    await page.keyboard.press('Shift+7');
  }
  await expect(waits).toBeVisible();
  const before = (await lessons(page, server.address)).length;
  await server.stop();
  await server.start();
  await expect.poll(async () => (await lessons(page, server.address)).length, { timeout: 30_000 }).toBe(before + 1);
  await expect(teachBar(page)).toContainText('Kept as a');
});

test('a server that goes is told of, and gets the lesson when it comes back', async ({ page }) => {
  await server.start();
  await open(page);
  await draw(page, placed(DIGITS[7], PLACES['in the middle']));
  await expectDigit(page, 7);
  await expect(teachBar(page)).toBeVisible();
  await server.stop();
  await page.keyboard.press('Shift+9');
  await agree(page);
  await expect(teachBar(page)).toContainText('The server is away. Your lesson waits here');
  await server.start();
  await expect(teachBar(page)).toContainText('Kept as a 9.', { timeout: 30_000 });
  await expectSent(page, ['9']);
});

test('a store that is full says so, keeps nothing, and takes the lesson once there is room', async ({ page }) => {
  await server.start();
  database.execute('UPDATE totals SET corrections = corrections + 1000000');
  await openTaught(page, '9');
  await expect(teachBar(page).getByRole('status')).toContainText('Yours waits here.');
  await teachBar(page).getByRole('button', { name: 'See what is kept' }).click();
  await expect(kept(page)).toContainText('1 lesson not sent yet');
  await kept(page).getByRole('button', { name: 'Close' }).click();
  database.execute('UPDATE totals SET corrections = corrections - 1000000');
  await page.reload();
  await expectSent(page, ['9']);
});

test('a server that wants a token asks nobody who has none, and takes lessons of who has the right one', async ({ page }) => {
  await server.start({ TEACHING: 'token', TEACHING_TOKEN: TOKEN });
  await open(page);
  await draw(page, placed(DIGITS[7], PLACES['in the middle']));
  await expectDigit(page, 7);
  await expect(hand(page)).toContainText('Whoever has the token of this server can teach it.');
  await expect(teachBar(page)).toBeHidden();
  await hand(page).getByRole('button', { name: 'Enter the token' }).click();
  await page.getByLabel('Token', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(teachBar(page)).toContainText('Is that right?');
  await page.keyboard.press('Shift+9');
  await agree(page);
  await expect(teachBar(page)).toContainText('The server wants another token');
  await teachBar(page).getByRole('button', { name: 'Enter the token' }).click();
  await page.getByLabel('Token', { exact: true }).fill(TOKEN);
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  await expectSent(page, ['9']);
});

test('a server that is asked too much gets the lesson in a moment', async ({ page }) => {
  await server.start();
  let refused = 0;
  await page.route('**/corrections', async (route) => {
    if (route.request().method() !== 'POST' || refused > 0) {
      await route.fallback();
      return;
    }
    refused += 1;
    await problem(429, 'Slow down.', { 'retry-after': '2' })(route);
  });
  await openTaught(page, '9');
  await expect(teachBar(page)).toContainText('takes only so many at once');
  await expect(teachBar(page)).toContainText('Kept as a 9.');
});

test('a deletion that finds no server is done once it is back', async ({ page }) => {
  await server.start();
  await openTaught(page, '9');
  await expectSent(page, ['9']);
  await openKept(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await server.stop();
  await kept(page).getByRole('button', { name: 'Delete all' }).click();
  await kept(page).getByRole('button', { name: 'Yes, delete all' }).click();
  await expect(kept(page)).toContainText('The server is away. It is done as soon as that has passed.');
  await server.start();
  await expectSent(page, []);
});

test('where teaching is off nothing of it is shown but the challenge', async ({ page }) => {
  await page.unrouteAll();
  await page.goto(`http://localhost:${String(WEB_PORT)}`);
  await draw(page, placed(DIGITS[7], PLACES['in the middle']));
  await expectDigit(page, 7);
  await expect(hand(page).getByRole('button')).toHaveText(['Draw 0 to 9', 'Draw A to Z']);
  await expect(teachBar(page)).toBeHidden();
  await page.keyboard.press('Shift+9');
  await expect(page.getByRole('dialog')).toBeHidden();
});
