import { expect, type Page, test } from '@playwright/test';

for (const { colorScheme, desk } of [
  { colorScheme: 'light', desk: 'rgb(227, 233, 228)' },
  { colorScheme: 'dark', desk: 'rgb(17, 23, 21)' },
] as const) {
  test(`before its script has come the page is painted ${colorScheme}, and nothing moves when it comes`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    let go = () => {};
    const held = new Promise<void>((resolve) => { go = resolve; });
    await page.route('**/assets/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/', { waitUntil: 'commit' });
    await expect(page.getByText('Connecting to the server…')).toBeVisible();
    await expect(page.locator('body')).toHaveCSS('background-color', desk);
    await page.evaluate(() => document.fonts.ready);
    const before = await placesOn(page);
    go();
    await expect(page.locator('.below')).toBeAttached();
    expect(await placesOn(page)).toEqual(before);
  });
}

/** Where the parts lie that are there from the beginning. */
function placesOn(page: Page) {
  return page.evaluate(() =>
    ['.header', '.header h1', '.paper', '.reading', '.pixel-grid', '.numeral', '.status-title'].map((part) => {
      const { x, y, width } = document.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
      return `${part} ${[x, y, part === '.status-title' ? 0 : width].map(Math.round).join(' ')}`;
    }),
  );
}
