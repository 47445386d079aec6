/** A newer page is there: it is offered, waits until it is taken, and no drawing is lost on the way. */

import { createServer, type Server } from 'node:http';
import { expect, test } from '@playwright/test';
import { draw, open, SEVEN, strokeCount } from './page';
import { UPDATED_WEB_PORT, WEB_PORT } from './ports';

let server: Server;
let isNewer = false;

test.use({ serviceWorkers: 'allow', baseURL: `http://localhost:${String(UPDATED_WEB_PORT)}` });

test.beforeAll(async () => {
  // The page as it is served, without an API; once there is a newer one, its service worker is another.
  server = createServer(({ url = '/' }, response) => {
    void (async () => {
      if (url === '/config.json') return response.setHeader('Content-Type', 'application/json').end('{"api": null}');
      const served = await fetch(`http://localhost:${String(WEB_PORT)}${url}`);
      response.setHeader('Content-Type', served.headers.get('content-type') ?? '');
      response.write(Buffer.from(await served.arrayBuffer()));
      return response.end(url === '/sw.js' && isNewer ? '// newer' : '');
    })();
  });
  await new Promise<void>((resolve) => server.listen(UPDATED_WEB_PORT, resolve));
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a newer page waits until it is taken, the drawing of that moment stays, and another window is told', async ({ page, context }) => {
  test.slow();
  await open(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await draw(page, SEVEN);
  const other = await context.newPage();
  await open(other);
  isNewer = true;
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText('A newer version is there. Your drawing stays.')).toBeVisible();
  await draw(page, [[[0.2, 0.9], [0.8, 0.9]]]); // prettier-ignore
  await expect(strokeCount(page)).toHaveAccessibleName('Drawing of 2 strokes');
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Update' }).click();
  await reloaded;
  await expect(strokeCount(page)).toHaveAccessibleName('Drawing of 2 strokes');
  await expect(page.getByText('A newer version is there.')).toBeHidden();
  await expect(other.getByText('Another window has taken a newer version. Your drawing stays.')).toBeVisible();
});

test.describe('a part that is there no more', () => {
  test.use({ serviceWorkers: 'block' });

  test('is named in words, all else goes on, and reloading brings it with the drawing', async ({ page }) => {
    await page.route('**/assets/ShareDialog-*.js', (route) => route.fulfill({ status: 404 }));
    await open(page);
    await draw(page, SEVEN);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.getByText('This part of the page didn’t load.')).toBeVisible();
    await draw(page, [[[0.2, 0.9], [0.8, 0.9]]]); // prettier-ignore
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(strokeCount(page)).toHaveAccessibleName('Drawing of 2 strokes');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Share this drawing' })).toBeVisible();
  });
});
