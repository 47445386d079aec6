import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { draw, expectDigit, open, SEVEN, status } from './page';

const DIGITS = 'alphabet-digits';
const LETTERS = 'alphabet-letters';
const SAMPLES = ['a capital A', 'a capital B', 'a capital E', 'a capital K', 'a capital M', 'a capital W', 'a small e'];

async function expectLetter(page: Page, letter: string): Promise<void> {
  await expect(page.getByTestId('predicted-text')).toHaveText(letter);
  await expect(page.getByTestId('predicted-text')).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('predicted-digit')).toHaveText('');
}

test('letters are read once they are chosen, and the choice outlives a reload', async ({ page }) => {
  await open(page);
  await page.getByTestId(LETTERS).click();
  await expect(status(page)).toContainText('Draw a letter, A to Z.');
  for (const name of SAMPLES) {
    await page.getByRole('button', { name: `Try ${name}`, exact: true }).click();
    await expectLetter(page, name.slice(-1).toUpperCase());
  }
  await page.reload();
  await expectLetter(page, 'E');
  await expect(page.getByTestId(LETTERS)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'About the model' })).toContainText('Capitals, strangers');
});

test('a digit among letters is refused, and the hint leads back to digits by keyboard', async ({ page }) => {
  await open(page);
  await page.getByTestId(LETTERS).click();
  await draw(page, SEVEN);
  const hint = page.getByRole('button', { name: 'Digits?' });
  await hint.focus();
  await page.keyboard.press('Enter');
  await expectDigit(page, 7);
  await expect(page.getByTestId(DIGITS)).toHaveAttribute('aria-pressed', 'true');
});

test('a letter among digits is offered as one, and the switch reads it at once', async ({ page }) => {
  await open(page);
  await page.getByTestId(LETTERS).click();
  await page.getByRole('button', { name: 'Try a capital K', exact: true }).click();
  await expectLetter(page, 'K');
  await page.getByTestId(DIGITS).click();
  await expect(status(page)).toContainText('That doesn’t look like a digit.');
  await page.getByRole('button', { name: 'Letters?' }).click();
  await expectLetter(page, 'K');
});

for (const { where, viewport } of [
  { where: 'a desk', viewport: { width: 1280, height: 800 } },
  { where: 'a small phone', viewport: { width: 360, height: 740 } },
]) {
  test(`on ${where} all 26 bars are readable, nothing hangs over, and axe finds nothing`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await open(page);
    await page.getByTestId(LETTERS).click();
    await page.getByRole('button', { name: 'Try a capital M', exact: true }).click();
    await expectLetter(page, 'M');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    const figures = page.locator('.bars .figure');
    await expect(figures).toHaveCount(26);
    const boxes = await figures.evaluateAll((cells) =>
      cells.map((cell) => {
        const { left, right } = cell.getBoundingClientRect();
        return { left, right, size: parseFloat(getComputedStyle(cell).fontSize), cut: cell.scrollWidth > cell.clientWidth };
      }),
    );
    for (const { left, right, size, cut } of boxes) {
      expect(left).toBeGreaterThan(0);
      expect(right).toBeLessThanOrEqual(viewport.width);
      expect(size).toBeGreaterThanOrEqual(14);
      expect(cut).toBe(false);
    }
    // A button that was just enabled is pale until its colour has come.
    await expect.poll(() => page.evaluate(() => document.getAnimations().filter((each) => each instanceof CSSTransition).length)).toBe(0);
    await expectAccessible(page);
  });
}
