/** What a person does on the page and looks at. */

import { expect, type Locator, type Page } from '@playwright/test';
import { DIGITS, type Drawing, placed, PLACES } from './handwriting';

export const SEVEN = placed(DIGITS[7], PLACES['in the middle']);
export const TWO_STROKES = placed(DIGITS[4], PLACES['in the middle']);

export async function open(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByTestId('drawing-canvas')).toBeVisible();
  await expect(page.locator('.below')).toBeAttached(); // what stands below the paper comes a little later
}

/** Draw with the mouse, from the first point of each stroke to its last. */
export async function draw(page: Page, drawing: Drawing): Promise<void> {
  const { x, y, width } = await boxOf(page.getByTestId('drawing-canvas'));
  for (const stroke of drawing) {
    const places = stroke.map(([px, py]) => [x + px * width, y + py * width] as const);
    await page.mouse.move(...places[0]);
    await page.mouse.down();
    for (const place of places.slice(1)) await page.mouse.move(...place);
    await page.mouse.up();
  }
}

/** Draw with a finger: real touch input, which the browser turns into pointer events. */
export async function drawByTouch(page: Page, drawing: Drawing): Promise<void> {
  const { x, y, width } = await boxOf(page.getByTestId('drawing-canvas'));
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at });
  for (const stroke of drawing) {
    const places = stroke.map(([px, py]) => ({ x: x + px * width, y: y + py * width }));
    await touch('touchStart', places[0]);
    for (const place of places.slice(1)) await touch('touchMove', place);
    await touch('touchEnd');
  }
  await session.detach();
}

export async function expectDigit(page: Page, digit: number | ''): Promise<void> {
  const answer = page.getByTestId('predicted-digit');
  await expect(answer).toHaveText(String(digit));
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('predicted-text')).toHaveText(String(digit));
  await expect(page.getByTestId('predicted-text')).toHaveAttribute('aria-busy', 'false');
}

/** So that nobody reads where the server doesn't: what the page says then is looked at. */
export async function withoutDevice(page: Page): Promise<void> {
  await page.route('**/*.tflite', (route) => route.abort());
}

export function status(page: Page): Locator {
  return page.getByTestId('status');
}

export function strokeCount(page: Page): Locator {
  return page.getByTestId('drawing-canvas');
}

async function boxOf(element: Locator) {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error('the paper is not on the screen');
  return box;
}

/** A number, all of it. */
export async function expectText(page: Page, text: string): Promise<void> {
  const answer = page.getByTestId('predicted-text');
  await expect(answer).toHaveText(text);
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('predicted-digit')).toHaveText('');
}
