import { expect, type Page, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN, status } from './page';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 90_000 });

/** Opens the page and waits until it is kept whole. */
async function visit(page: Page): Promise<void> {
  await open(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

test('after one visit the page opens and reads without any network, by a reload and in a new window', async ({ page, context }) => {
  await visit(page);
  await draw(page, SEVEN);
  await context.setOffline(true);
  await page.reload();
  await expectDigit(page, 7);
  await expect(status(page)).toContainText('on this device');
  await page.close();

  const cold = await context.newPage();
  await cold.goto('/');
  await expectDigit(cold, 7);
  await cold.getByTestId('clear').click();
  await draw(cold, [[[0.5, 0.2], [0.5, 0.8]]]); // prettier-ignore
  await expectDigit(cold, 1);
});

test('a browser finds nothing that keeps the page from being installed', async ({ page, context }) => {
  await open(page);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({ display: 'standalone', start_url: './', scope: './' });
  const { icons } = JSON.parse(data ?? '') as { icons: { src: string; sizes: string }[] };
  for (const size of ['192x192', '512x512']) {
    const icon = await page.request.get(new URL(icons.find(({ sizes }) => sizes === size)?.src ?? '', page.url()).href);
    expect(icon.headers()['content-type']).toBe('image/png');
  }
  // Tests have private windows, which install nothing; not every Chromium tells so.
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((error) => error !== 'in-incognito')).toEqual([]);
});

test('a picture that another app shares is taken by the page', async ({ page }) => {
  await visit(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async () => {
    const blob = await new Promise<Blob | null>((resolve) => { document.createElement('canvas').toBlob(resolve); });
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = './share';
    form.enctype = 'multipart/form-data';
    const input = document.createElement('input');
    input.type = 'file';
    input.name = 'pictures';
    const files = new DataTransfer();
    files.items.add(new File([blob ?? ''], 'shared.png', { type: 'image/png' }));
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  });
  await expect(page.getByRole('button', { name: 'Back to the drawing' })).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});
