import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { DIGITS, type Drawing, placed, PLACES } from './handwriting';
import { draw, expectDigit, open, SEVEN } from './page';
import { pick, pictureOf } from './pictures';
import { TEACHING_API_PORT } from './ports';
import { createDatabase, createServer, useServer } from './servers';
import { agree, drawAsked, hand, kept, lessons, teachBar, openKept } from './teaching';

const database = createDatabase();
const server = createServer(TEACHING_API_PORT, { TEACHING: 'on', DATABASE_URL: database.url });

test.beforeAll(() => server.start());
test.afterAll(async () => {
  await server.stop();
  database.remove();
});
test.beforeEach(async ({ page }) => {
  await useServer(page, TEACHING_API_PORT);
});

const FOUR = placed(DIGITS[4], PLACES['in the middle']);

async function openDrawn(page: Page, digit: number) {
  await open(page);
  await draw(page, placed(DIGITS[digit], PLACES['in the middle']));
  await expectDigit(page, digit);
}

test('a correction is kept once the person agrees, and can be undone', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/corrections') && request.method() === 'POST') sent.push(request.url());
  });
  await openDrawn(page, 7);
  await teachBar(page).getByRole('button', { name: 'Wrong?' }).click();
  await page.getByRole('button', { name: '9', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'May your corrections be kept?' })).toBeVisible();
  expect(sent).toEqual([]);
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  const [lesson] = await lessons(page, server.address);
  expect(lesson).toMatchObject({ meant: '9', read: '7', alphabet: 'digits', kind: 'correction', collection: 'default' });
  expect(lesson.strokes).toHaveLength(1);
  expect(lesson.pixels.some((level) => level > 200)).toBe(true);
  expect(lesson.model).toMatch(/^\d/);
  await expect(hand(page)).toContainText('The server keeps 1 lesson of yours');

  await teachBar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(teachBar(page)).toContainText('Is that right?');
  await expect.poll(() => lessons(page, server.address)).toEqual([]);
});

test('a person who refuses keeps nothing, and is asked again only on asking', async ({ page }) => {
  await openDrawn(page, 7);
  await teachBar(page).getByRole('button', { name: 'Right' }).click();
  await page.getByRole('button', { name: 'No, keep nothing' }).click();
  await expect(teachBar(page)).toBeHidden();
  await page.keyboard.press('Shift+9');
  await page.reload();
  await expectDigit(page, 7);
  await expect(hand(page)).toContainText('Nothing that you draw here is kept.');
  await expect(teachBar(page)).toBeHidden();
  expect(await page.evaluate(() => JSON.stringify(Object.values(localStorage)))).not.toContain('secret');

  await hand(page).getByRole('button', { name: 'Teach it after all' }).click();
  await agree(page);
  await teachBar(page).getByRole('button', { name: 'Right' }).click();
  await expect(teachBar(page)).toContainText('Kept as a 7.');
  expect(await lessons(page, server.address)).toMatchObject([{ meant: '7', read: '7', kind: 'confirmation' }]);
});

test('a question that is left open keeps nothing', async ({ page }) => {
  await openDrawn(page, 7);
  await page.keyboard.press('Shift+9');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(teachBar(page)).toContainText('Is that right?');
  expect(await page.evaluate(() => localStorage.getItem('digits.outbox'))).toBeNull();
});

test('keys alone teach: with Shift, or by the buttons', async ({ page }) => {
  await openDrawn(page, 7);
  await page.keyboard.press('Shift+Digit9');
  await page.getByRole('button', { name: 'Yes, keep them' }).focus();
  await page.keyboard.press('Enter');
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  await page.keyboard.press('Shift+Backspace');
  await expect(teachBar(page)).toContainText('Kept as no digit.');
  await page.keyboard.press('Shift+Enter');
  await expect(teachBar(page)).toContainText('Kept as a 7.');
  await teachBar(page).getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await teachBar(page).getByRole('button', { name: 'Wrong?' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'What was it?' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(teachBar(page)).toContainText('Kept as a 1.');
  await expect.poll(async () => (await lessons(page, server.address)).map(({ meant }) => meant)).toEqual(['1']);
});

test('what is kept is seen, and deleted one by one or all at once', async ({ page }) => {
  await openDrawn(page, 7);
  await page.keyboard.press('Shift+9');
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  await page.getByTestId('clear').click();
  await draw(page, FOUR);
  await expectDigit(page, 4);
  await page.keyboard.press('Shift+Enter');
  await expect(hand(page)).toContainText('2 lessons');

  await openKept(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(2);
  await expect(kept(page).getByRole('listitem').last()).toContainText('9 read as 7');
  await kept(page).getByRole('button', { name: /^Delete: Meant a 9, read as a 7/ }).click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await kept(page).getByRole('button', { name: 'Delete all' }).click();
  await kept(page).getByRole('button', { name: 'No', exact: true }).click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await kept(page).getByRole('button', { name: 'Delete all' }).click();
  await kept(page).getByRole('button', { name: 'Yes, delete all' }).click();
  await expect(kept(page)).toContainText('0 lessons on the server');
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
  expect(await lessons(page, server.address)).toEqual([]);
});

test('lessons go to the collection that is named', async ({ page }) => {
  await openDrawn(page, 7);
  await page.keyboard.press('Shift+Enter');
  await agree(page);
  await openKept(page);
  await kept(page).getByLabel('New lessons go to the collection').fill('class 3b');
  await kept(page).getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Shift+9');
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  await expect.poll(async () => (await lessons(page, server.address)).map(({ collection }) => collection)).toEqual(['class 3b']);
});

test('any character of a number can be corrected', async ({ page }) => {
  await open(page);
  await draw(page, written('42'));
  await expect(page.getByTestId('predicted-text')).toHaveText('42');
  await page.getByRole('button', { name: /^Character 2: 2/ }).click();
  await expect(teachBar(page)).toContainText('Is the 2 right?');
  await teachBar(page).getByRole('button', { name: 'Wrong?' }).click();
  await page.getByRole('button', { name: '7', exact: true }).click();
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as a 7.');
  await expect(page.getByTestId('predicted-text')).toHaveText('47');
  const [lesson] = await lessons(page, server.address);
  expect(lesson).toMatchObject({ meant: '7', read: '2' });
  expect(lesson.strokes).toHaveLength(1); // of the 2 alone
  await page.getByRole('button', { name: /^Character 1: 4/ }).click();
  await expect(teachBar(page)).toContainText('Is the 4 right?');
  await page.getByRole('button', { name: /^Character 2/ }).click();
  await teachBar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('predicted-text')).toHaveText('42');
});

test('of a picture its pixels are kept', async ({ page }) => {
  await open(page);
  await pick(page, await pictureOf(page, 4));
  await expectDigit(page, 4);
  await page.keyboard.press('Shift+9');
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  expect(await lessons(page, server.address)).toMatchObject([{ meant: '9', read: '4', strokes: null }]);
  await openKept(page);
  await expect(kept(page).getByRole('img', { name: 'Its pixels' })).toBeVisible();
});

test('a letter is taught as a letter', async ({ page }) => {
  await open(page);
  await page.getByTestId('alphabet-letters').click();
  await page.getByRole('button', { name: 'Try a capital K' }).click();
  await expect(page.getByTestId('predicted-text')).toHaveText('K');
  await page.keyboard.press('Shift+H');
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as an H.');
  expect(await lessons(page, server.address)).toMatchObject([{ alphabet: 'letters', meant: 'H', read: 'K' }]);
});

test('two tabs teach as one person, and lose nothing of each other’s', async ({ page, context }) => {
  await openDrawn(page, 7);
  await page.keyboard.press('Shift+9');
  await agree(page);
  await expect(teachBar(page)).toContainText('Kept as a 9.');
  const other = await context.newPage();
  await useServer(other, TEACHING_API_PORT);
  await open(other);
  await other.getByTestId('clear').click();
  await draw(other, FOUR);
  await expectDigit(other, 4);
  await context.setOffline(true);
  await other.keyboard.press('Shift+9'); // waits in both
  await page.bringToFront();
  await page.keyboard.press('Shift+1');
  await expect(teachBar(page)).toContainText('Your lesson waits here');
  await expect(hand(page)).toContainText('2 lessons not sent yet');
  await context.setOffline(false);
  await expect(teachBar(page)).toContainText('Kept as a 1.');
  await expect
    .poll(async () => (await lessons(page, server.address)).map(({ meant }) => meant).sort(), { timeout: 20_000 })
    .toEqual(['1', '9']);
  await openKept(page);
  await kept(page).getByRole('button', { name: 'Delete all' }).click();
  await kept(page).getByRole('button', { name: 'Yes, delete all' }).click();
  await expect.poll(() => lessons(page, server.address)).toEqual([]);
});

test('nothing moves when an answer can be taught, is taught and is undone', async ({ page }) => {
  const places = () =>
    page.evaluate(() =>
      ['predicted-digit', 'probability-0', 'probability-9', 'drawing-canvas'].map((id) => {
        const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
        return [box?.x, box?.y, box?.height];
      }),
    );
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await page.getByTestId('clear').click({ force: true });
    await expect(teachBar(page)).toBeAttached();
    await page.evaluate(() => { window.scrollTo(0, 0); });
    const before = await places();
    await draw(page, SEVEN);
    await expectDigit(page, 7);
    await page.evaluate(() => { window.scrollTo(0, 0); });
    expect(await places()).toEqual(before);
    await page.keyboard.press('Shift+9');
    if (width === 1280) await agree(page);
    await expect(teachBar(page)).toContainText('Kept as a 9.');
    await page.evaluate(() => { window.scrollTo(0, 0); });
    expect(await places()).toEqual(before);
  }
});

test('the challenge tells how one’s own hand is read, and its drawings can be kept as lessons', async ({ page }) => {
  test.slow();
  await open(page);
  await hand(page).getByRole('button', { name: 'Draw 0 to 9' }).click();
  const asked: string[] = [];
  for (let i = 0; i < 20; i++) {
    // The first 3 is drawn as an 8, whatever was asked for.
    asked.push(await drawAsked(page, (digit) => (digit === 3 && !asked.includes('3') ? 8 : digit)));
    if (i === 4) {
      await page.getByRole('button', { name: 'Close' }).click(); // and goes on where it was
      await hand(page).getByRole('button', { name: 'Draw 0 to 9' }).click();
      await expect(page.getByTestId('challenge-prompt')).toContainText('6 of 20');
    }
  }
  expect([...asked].sort().join('')).toBe('00112233445566778899');
  await expect(page.getByTestId('challenge-score')).toHaveText('19 of 20 read right');
  await expect(page.getByRole('listitem').filter({ hasText: 'read as an 8' })).toContainText('3');
  const matrix = page.getByRole('region', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('row', { name: /^3/ })).toHaveText('311');
  await expect(matrix.getByRole('row', { name: /^4/ })).toHaveText('42');

  await page.getByRole('button', { name: 'Keep the 20 as lessons' }).click();
  await agree(page);
  await expect(page.getByText('20 lessons kept.')).toBeVisible({ timeout: 20_000 });
  const sent = await lessons(page, server.address);
  expect(sent.map(({ meant }) => meant).sort()).toEqual([...asked].sort());
  expect(sent.filter(({ kind, meant, read }) => kind === 'challenge' && meant === '3' && read === '8')).toHaveLength(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => lessons(page, server.address), { timeout: 20_000 }).toEqual([]);
});

test('the challenge is drawn by keyboard alone', async ({ page }) => {
  await open(page);
  await hand(page).getByRole('button', { name: 'Draw 0 to 9' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Keyboard grid' }).focus();
  await page.keyboard.press('Enter');
  for (let i = 0; i < 2; i++) {
    for (let step = 0; step < 12; step++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('challenge-prompt')).toContainText(`${String(i + 2)} of 20`);
    await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByTestId('challenge-prompt')).toContainText('2 of 20');
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByTestId('challenge-score')).toContainText('of 2 read right');
  await page.getByRole('button', { name: 'Once more' }).click();
  await expect(page.getByTestId('challenge-prompt')).toContainText('1 of 20');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('challenge-prompt')).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in what teaches, in the ${colorScheme} theme`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openDrawn(page, 7);
    await expectAccessible(page);
    await teachBar(page).getByRole('button', { name: 'Wrong?' }).click();
    await expect(page.getByRole('dialog', { name: 'What was it?' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('9');
    await expect(page.getByRole('dialog', { name: 'May your corrections be kept?' })).toBeVisible();
    await expectAccessible(page);
    await agree(page);
    await expect(teachBar(page)).toContainText('Kept as a 9.');
    await openKept(page);
    await expect(kept(page).getByRole('listitem')).toHaveCount(1);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await hand(page).getByRole('button', { name: 'Draw 0 to 9' }).click();
    await drawAsked(page, () => 8);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop here' }).click();
    await expect(page.getByTestId('challenge-score')).toBeVisible();
    await expectAccessible(page);
  });
}

function written(digits: string): Drawing {
  return Array.from(digits).flatMap((digit, i) => placed(DIGITS[Number(digit)], { x: 0.1 + i * 0.35, y: 0.3, size: 0.3 }));
}
