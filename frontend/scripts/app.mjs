// The app for scripts: a real API and a production build of the page, on ports of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';

const API_PORT = 5320;
const WEB_PORT = 3320;
const PATIENCE = 60_000; // ms

const frontend = fileURLToPath(new URL('..', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Calls `use` with a browser and the page's address, then stops everything.
 * @param {(browser: import('@playwright/test').Browser, address: string) => Promise<void>} use
 */
export async function withApp(use) {
  const api = startApi();
  process.env.API_PORT = `${API_PORT}`;
  const outDir = 'dist-e2e';
  const shared = { root: frontend, logLevel: /** @type {const} */ ('warn') };
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const web = await preview({ ...shared, build: { outDir }, preview: { port: WEB_PORT } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    await untilReady(api);
    await use(browser, `http://localhost:${WEB_PORT}`);
  } finally {
    await browser.close();
    await web.close();
    await stop(api);
  }
}

/**
 * Calls `use` with the address of a real API, then stops it.
 * @param {(address: string) => Promise<void>} use
 */
export async function withApi(use) {
  const api = startApi();
  try {
    await untilReady(api);
    await use(`http://127.0.0.1:${API_PORT}`);
  } finally {
    await stop(api);
  }
}

function startApi() {
  return spawn('.venv/bin/python', ['-m', 'backend'], {
    cwd: repository,
    env: { ...process.env, API_PORT: `${API_PORT}`, WEB_PORT: `${WEB_PORT}` },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

/** @param {import('node:child_process').ChildProcess} api */
async function untilReady(api) {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && api.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${API_PORT}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The API did not get ready: `.venv/bin/python -m backend` says why.');
}

/** @param {import('node:child_process').ChildProcess} api */
async function stop(api) {
  if (api.exitCode !== null) return;
  const gone = once(api, 'exit');
  api.kill('SIGTERM');
  await gone;
}
