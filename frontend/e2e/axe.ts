import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Expect that axe finds no barrier in the `parts` of the page that these selectors name. */
export async function expectAccessible(page: Page, ...parts: string[]): Promise<void> {
  // For pages without frames: it asks the same without a second page, in half of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  for (const part of parts.length ? parts : ['body']) axe.include(part);
  // A theme changes colours alone, so the rules about all else are asked in one.
  const isDark = await page.evaluate(() => document.documentElement.dataset.scheme === 'dark');
  const runOnly = isDark
    ? { type: 'rule' as const, values: ['color-contrast'] }
    : { type: 'tag' as const, values: TAGS };
  const { violations } = await axe.options({ runOnly, resultTypes: ['violations'] }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
