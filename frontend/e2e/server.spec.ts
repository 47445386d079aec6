import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { committedTypes, servedTypes } from '../scripts/api-types.mjs';
import { draw, expectDigit, open, SEVEN, status } from './page';
import { API_PORT, SPARE_API_PORT, WEB_PORT } from './ports';

let server: ChildProcess | undefined;

test.afterEach(stopServer);

test('the server goes and comes back: the page says so, keeps the drawing and reads it', async ({ page }) => {
  test.setTimeout(90_000);
  await page.route(`**://localhost:${String(API_PORT)}/**`, (route) =>
    route.continue({ url: route.request().url().replace(String(API_PORT), String(SPARE_API_PORT)) }),
  );
  await startServer();
  await open(page);
  await expect(status(page)).toContainText('Draw a digit');
  await stopServer();

  await draw(page, SEVEN);
  await expect(status(page)).toContainText('Server offline');
  await expect(page.getByRole('banner')).toContainText('Server offline');
  await expectDigit(page, '');
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');

  await startServer();
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

async function startServer(): Promise<void> {
  server = spawn('.venv/bin/python', ['-m', 'backend'], {
    cwd: '..',
    env: { ...process.env, API_PORT: String(SPARE_API_PORT), WEB_PORT: String(WEB_PORT) },
    stdio: 'ignore',
  });
  await expect
    .poll(() => isReady(), { timeout: 40_000, message: 'the server answers' })
    .toBe(true);
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${String(SPARE_API_PORT)}/health`)).ok;
  } catch {
    return false;
  }
}

async function stopServer(): Promise<void> {
  const running = server;
  server = undefined;
  if (!running || running.exitCode !== null) return;
  const gone = once(running, 'exit');
  running.kill('SIGTERM');
  await gone;
}
