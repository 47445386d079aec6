import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { draw, expectDigit, open, SEVEN, status, withoutDevice } from './page';
import { pick, pictureOf } from './pictures';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme axe finds nothing`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });
    test.slow(); // axe looks at every element, several times

    test('empty, answered, replayed and in the help dialog', async ({ page }) => {
      await open(page);
      await expect(status(page)).toContainText('Draw a digit');
      await expectAccessible(page);
      await draw(page, SEVEN);
      await expectDigit(page, 7);
      await page.getByRole('button', { name: 'Replay the drawing' }).click();
      await expect(page.getByTestId('timeline-moment')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Help and shortcuts' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
    });

    test('on the keyboard grid', async ({ page }) => {
      await open(page);
      await page.getByRole('button', { name: 'Keyboard grid' }).click();
      await page.keyboard.press('Shift+ArrowRight');
      await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(2);
      await expectAccessible(page, '.desk');
    });

    test('with a picture and its stages, and with a table of pictures', async ({ page }) => {
      await open(page);
      const picture = await pictureOf(page, 4);
      await pick(page, picture);
      await page.getByRole('button', { name: 'Show ink' }).click();
      await expectAccessible(page);
      const damaged = { ...picture, name: 'damaged.png', buffer: Buffer.from('no picture') };
      await pick(page, picture, damaged);
      await expect(page.getByText('1 with a digit, 1 not read.')).toBeVisible();
      await page.getByRole('row', { name: '4.png' }).click();
      await expect(page.getByRole('list').filter({ hasText: 'paper removed' })).toBeVisible();
      await expectAccessible(page);
    });

    test('with the answer explained, and with what would change it', async ({ page }) => {
      await open(page);
      await draw(page, SEVEN);
      await page.getByRole('button', { name: 'Why?' }).click();
      await expect(page.getByRole('heading', { name: 'Inside the network' })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('switch', { name: /^What would make it/ }).click();
      await expectAccessible(page, '.why');
    });

    test('offline, refused and failed', async ({ page }) => {
      await withoutDevice(page);
      await page.route('**/{health,predict,model}', (route) => route.abort('connectionrefused'));
      await open(page);
      await draw(page, SEVEN);
      await expect(status(page)).toContainText('Server offline');
      await expectAccessible(page);

      await page.unrouteAll();
      await withoutDevice(page);
      const respond = (code: number, body: object) =>
        page.route('**/predict', (route) =>
          route.fulfill({
            status: code,
            headers: { 'access-control-allow-origin': '*' },
            contentType: 'application/json',
            body: JSON.stringify(body),
          }),
        );
      const probabilities = [0.55, ...Array<number>(9).fill(0.05)];
      await respond(200, { digit: null, reason: 'no', confidence: 0.55, probabilities });
      await page.reload();
      await expect(status(page)).toContainText('doesn’t look like');
      await expectAccessible(page);
      await page.unrouteAll();
      await withoutDevice(page);
      await respond(500, { detail: 'It broke.' });
      await page.reload();
      await expect(status(page)).toContainText('The server failed');
      await expectAccessible(page);
    });
  });
}

test('the answer is announced in a live region', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expect(page.getByRole('status').filter({ hasText: 'a 7' })).toBeVisible();
});

test('the theme follows the system until a person chooses, and remembers the choice', async ({ page }) => {
  const scheme = () => page.evaluate(() => document.documentElement.dataset.scheme);
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  expect(await scheme()).toBe('dark');
  await page.getByRole('button', { name: /^Theme: system/ }).click();
  expect(await scheme()).toBe('light');
  await page.reload();
  await expect(page.getByRole('button', { name: /^Theme: light/ })).toBeVisible();
  expect(await scheme()).toBe('light');
});
