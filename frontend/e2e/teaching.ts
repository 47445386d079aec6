/** What a person does to teach, and what a server then keeps. */

import { expect, type Locator, type Page } from '@playwright/test';
import { DIGITS, placed, PLACES } from './handwriting';

export interface KeptLesson {
  readonly id: string;
  readonly alphabet: string;
  readonly meant: string | null;
  readonly read: string | null;
  readonly kind: string;
  readonly model: string;
  readonly collection: string;
  readonly strokes: readonly unknown[] | null;
  readonly pixels: readonly number[];
}

export function teachBar(page: Page): Locator {
  return page.getByRole('group', { name: 'Teach it' });
}

export function hand(page: Page): Locator {
  return page.getByRole('region', { name: 'Your hand' });
}

export function kept(page: Page): Locator {
  return page.getByRole('dialog', { name: 'What is kept of you' });
}

export async function openKept(page: Page): Promise<void> {
  await hand(page).getByRole('button', { name: 'See what is kept' }).click();
  await expect(kept(page)).toBeVisible();
}

export async function agree(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Yes, keep them' }).click();
  await expect(page.getByRole('dialog', { name: 'May your corrections be kept?' })).toBeHidden();
}

/** The lessons of this browser's teacher, as the server at `address` lists them. */
export async function lessons(page: Page, address: string): Promise<KeptLesson[]> {
  const secret = await page.evaluate(
    () => (JSON.parse(localStorage.getItem('digits.teacher') ?? '{}') as { secret?: string }).secret ?? '',
  );
  const response = await fetch(`${address}/corrections?limit=100`, { headers: { 'X-Teacher': secret } });
  return ((await response.json()) as { corrections: KeptLesson[] }).corrections;
}

/** Draws what the challenge asks for, or the digit that `instead` makes of it; returns what was asked for. */
export async function drawAsked(page: Page, instead: (digit: number) => number): Promise<string> {
  const prompt = page.getByTestId('challenge-prompt');
  const words = await prompt.innerText();
  const asked = /^Draw an? (\d)/.exec(words)?.[1] ?? '';
  const box = await page.getByTestId('challenge-canvas').boundingBox();
  if (!box) throw new Error('the paper is not on the screen');
  for (const stroke of placed(DIGITS[instead(Number(asked))], PLACES['in the middle'])) {
    const places = stroke.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
    await page.mouse.move(...places[0]);
    await page.mouse.down();
    for (const place of places.slice(1)) await page.mouse.move(...place);
    await page.mouse.up();
  }
  await page.getByRole('button', { name: /^(Next|See the result)$/ }).click();
  await expect(prompt.filter({ hasText: words })).toHaveCount(0);
  return asked;
}
