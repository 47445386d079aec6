import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { SEVEN, TWO_STROKES, expectDigit, draw, open } from './page';
import { API_PORT, ROOMS_PORT } from './ports';
import { createServer } from './servers';

const server = createServer(ROOMS_PORT, {}, 'backend.together');

test.beforeAll(() => server.start());
test.afterAll(() => server.stop());

/** A page of somebody else's, on another device, by that name. */
async function pageOf(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const config = { api: API_PORT, together: ROOMS_PORT };
  await page.route('**/config.json', (route) => route.fulfill({ json: config }));
  await page.addInitScript((told) => { localStorage.setItem('digits.name', JSON.stringify(told)); }, name);
  return page;
}

const bar = (page: Page) => page.getByRole('region', { name: 'Drawing together' });

/** The strokes on the paper, as whoever saves it as a file has them. */
async function strokesOn(page: Page): Promise<unknown[]> {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON' }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  return (JSON.parse(Buffer.concat(chunks).toString()) as { strokes: unknown[] }).strokes;
}

const SEED = 17;

/** What somebody may do in a room, or have done to them. */
const DOINGS = [
  (page: Page) => draw(page, SEVEN),
  (page: Page) => draw(page, TWO_STROKES),
  (page: Page) => page.keyboard.press('Control+z'),
  (page: Page) => page.keyboard.press('Control+y'),
  (page: Page) => page.context().setOffline(true),
  (page: Page) => page.context().setOffline(false),
  (page: Page) => page.keyboard.press('Delete'),
  (page: Page) => draw(page, SEVEN),
];

/** The same order for the same seed (a linear congruential generator, by Park and Miller). */
function shuffled<T>(things: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => (state = (48_271 * state) % 2_147_483_647);
  return things.map((thing) => ({ thing, place: next() })).sort((a, b) => a.place - b.place).map(({ thing }) => thing);
}

async function expectStrokes(count: number, ...pages: Page[]): Promise<void> {
  const name = count === 0 ? 'Drawing, empty' : `Drawing of ${String(count)} ${count === 1 ? 'stroke' : 'strokes'}`;
  for (const page of pages) await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName(name);
}

test('two draw at once in a room, are cut off in turn, undo only their own, and end with the same drawing', async ({ browser }) => {
  test.slow(); // two pages
  const ann = await pageOf(browser, 'Ann');
  await open(ann);
  await draw(ann, SEVEN);
  await ann.getByRole('button', { name: 'Draw together' }).press('Enter');
  await expect(ann.getByRole('dialog')).toBeVisible();
  await ann.getByRole('button', { name: 'Start a room' }).press('Enter');
  const link = await ann.getByRole('textbox', { name: 'Link to the room' }).inputValue();
  expect(link).toMatch(/#t=[\w-]{22}$/);
  await expectAccessible(ann);
  await ann.keyboard.press('Escape');

  const ben = await pageOf(browser, 'Ben');
  await ben.goto(link);
  await expectStrokes(1, ben);
  await expectDigit(ben, 7); // by its own reader
  await expect(bar(ann)).toContainText('Drawing with Ben.');
  await expect(bar(ben)).toContainText('Drawing with Ann.');
  await expectAccessible(ben, '.room-bar', '.desk');

  // A stroke is seen while it is drawn, with the name of who draws it.
  await ann.getByTestId('drawing-canvas').scrollIntoViewIfNeeded();
  const { x, y, width } = (await ann.getByTestId('drawing-canvas').boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await ann.mouse.move(x + 0.2 * width, y + 0.8 * width);
  await ann.mouse.down();
  await ann.mouse.move(x + 0.5 * width, y + 0.85 * width, { steps: 5 });
  await expect(ben.getByTestId('people').locator('path')).toHaveAttribute('d', /L50 85$/);
  await expect(ben.getByTestId('people').getByText('Ann')).toBeVisible();
  await expectStrokes(1, ben);
  await draw(ben, TWO_STROKES); // while the other's pen is down
  await expectStrokes(3, ann);
  await ann.mouse.up();
  await expectStrokes(4, ann, ben);
  await expect(ben.getByTestId('people').locator('path')).toHaveAttribute('d', '');

  for (const [cutOff, other] of [[ann, ben], [ben, ann]]) {
    await cutOff.context().setOffline(true);
    await expect(bar(cutOff)).toContainText('The connection is cut.');
    await expect(bar(other)).toContainText('Nobody else is here yet.');
    await Promise.all([draw(cutOff, SEVEN), draw(other, SEVEN)]);
    await cutOff.context().setOffline(false);
    await expect(bar(cutOff)).toContainText('Drawing with');
  }
  await expectStrokes(8, ann, ben);
  expect(await strokesOn(ann)).toEqual(await strokesOn(ben));

  // Ann drew three strokes here, and the seven before the room was.
  for (const left of [7, 6, 5]) {
    await ann.keyboard.press('Control+z');
    await expectStrokes(left, ann, ben);
  }
  await expect(ann.getByTestId('undo')).toBeDisabled();
  await ben.keyboard.press('Delete');
  await expectStrokes(0, ann, ben);
  await ben.getByTestId('undo').click();
  await expectStrokes(5, ann, ben);

  // In an order that nobody chose.
  const doings = [ann, ben].flatMap((person) => DOINGS.map((does) => ({ person, does })));
  for (const { person, does } of shuffled(doings, SEED)) {
    await does(person);
  }
  await Promise.all([ann, ben].map((person) => person.context().setOffline(false)));
  for (const person of [ann, ben]) await expect(bar(person)).toContainText('Drawing with');
  await expect(async () => { expect(await strokesOn(ann)).toEqual(await strokesOn(ben)); }).toPass();
  await ann.keyboard.press('Delete');
  await draw(ann, SEVEN);
  await expectStrokes(1, ann, ben);

  await ben.reload(); // comes back into the room
  await expectStrokes(1, ben);
  await bar(ben).getByRole('button', { name: 'Leave' }).click();
  await expect(bar(ann)).toContainText('Nobody else is here yet.');
  await draw(ben, SEVEN);
  await expectStrokes(2, ben);
  await expectStrokes(1, ann);
  await ann.context().close();
  await ben.context().close();
});

test('without a network, of a device that sends nothing, and of a link that is cut off, the page says what is so', async ({ browser }) => {
  const page = await pageOf(browser, 'Ann');
  await page.goto('/#t=cutoff');
  await expect(page.getByText('This link names no whole room.')).toBeVisible();
  await page.evaluate(() => { localStorage.setItem('digits.onlyHere', 'true'); });
  await page.goto(`/?#t=${'a'.repeat(22)}`);
  await expect(page.getByText('While this device only reads, nothing is drawn together.')).toBeVisible();
  await page.context().close();
});
