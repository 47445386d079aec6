import { expect, test } from '@playwright/test';
import { committedTypes, servedTypes } from '../scripts/api-types.mjs';
import { draw, expectDigit, open, SEVEN, status, withoutDevice } from './page';
import { API_PORT, SPARE_API_PORT } from './ports';
import { createServer, useServer } from './servers';

const server = createServer(SPARE_API_PORT);

test.afterEach(() => server.stop());

test('the server goes and comes back: the page says so, keeps the drawing and reads it', async ({ page }) => {
  test.setTimeout(90_000);
  await withoutDevice(page);
  await useServer(page, SPARE_API_PORT);
  await server.start();
  await open(page);
  await expect(status(page)).toContainText('Draw a digit');
  await server.stop();

  await draw(page, SEVEN);
  await expect(status(page)).toContainText('Server offline');
  await expect(page.getByRole('banner')).toContainText('Server offline');
  await expectDigit(page, '');
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');

  await server.start();
  await expect(page.getByTestId('predicted-digit')).toHaveText('7', { timeout: 20_000 });
  await expect(page.getByRole('banner')).toContainText('Server ready');
});

test('the committed API types fit the document that the server serves', async () => {
  const served = await servedTypes(`http://127.0.0.1:${String(API_PORT)}`);
  const fits = withoutComments(await committedTypes()) === withoutComments(served);
  expect(fits, 'the API has changed: `npm run api-types` writes its types anew').toBe(true);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ');
}
