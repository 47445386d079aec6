import { expect, test } from '@playwright/test';
import type { Drawing, Place } from './handwriting';
import { draw, expectDigit, open, status } from './page';
import { API_PORT } from './ports';

const scribble = Array.from({ length: 90 }, (_, i): Place => {
  const turn = i / 3.1;
  return [0.5 + 0.3 * Math.cos(turn * 1.7), 0.5 + 0.3 * Math.sin(turn * 2.3)];
});

const NO_DIGITS: Record<string, Drawing> = {
  'a scribble': [scribble],
  'the letter K': [
    [[0.35, 0.2], [0.35, 0.8]],
    [[0.65, 0.2], [0.36, 0.5], [0.67, 0.8]],
  ],
  'the letter M': [[[0.25, 0.8], [0.3, 0.2], [0.5, 0.6], [0.7, 0.2], [0.75, 0.8]]],
}; // prettier-ignore

test.beforeEach(async ({ request }) => {
  const facts = (await (await request.get(`http://127.0.0.1:${String(API_PORT)}/model`)).json()) as object;
  test.skip(!('refusal' in facts), 'the model that is served refuses nothing');
});

for (const [name, drawing] of Object.entries(NO_DIGITS)) {
  test(`${name} is refused, with its guess on demand`, async ({ page }) => {
    await open(page);
    await draw(page, drawing);
    await expect(status(page)).toContainText('doesn’t look like a digit');
    await expectDigit(page, '');
    await page.getByRole('button', { name: 'Show the guess anyway' }).click();
    await expect(page.getByTestId('predicted-digit')).toHaveText(/^\d$/);
    await page.getByRole('button', { name: 'Why?' }).click();
    await expect(page.getByRole('heading', { name: /the best guess$/ })).toBeVisible();
  });
}
