// The app for scripts: a real API and a production build of the page, on ports of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';

const API_PORT = 5320;
const WEB_PORT = 3320;
const ROOMS_PORT = 5321;
const PATIENCE = 60_000; // ms

const frontend = fileURLToPath(new URL('..', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Calls `use` with a browser and the page's address, then stops everything.
 * @param {(browser: import('@playwright/test').Browser, address: string) => Promise<void>} use
 * @param {{ hasRooms?: boolean }} settings whether several people can draw together
 */
export async function withApp(use, { hasRooms = false } = {}) {
  const servers = [startServer('backend', API_PORT)];
  if (hasRooms) servers.push(startServer('backend.together', ROOMS_PORT));
  process.env.API_PORT = `${API_PORT}`;
  process.env.TOGETHER = hasRooms ? 'on' : 'off';
  process.env.TOGETHER_PORT = `${ROOMS_PORT}`;
  const outDir = 'dist-e2e';
  const shared = { root: frontend, logLevel: /** @type {const} */ ('warn') };
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const web = await preview({ ...shared, build: { outDir }, preview: { port: WEB_PORT } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    await Promise.all(servers.map(untilReady));
    await use(browser, `http://localhost:${WEB_PORT}`);
  } finally {
    await browser.close();
    await web.close();
    await Promise.all(servers.map(stop));
  }
}

/**
 * Calls `use` with the address of a real API, then stops it.
 * @param {(address: string) => Promise<void>} use
 */
export async function withApi(use) {
  const api = startServer('backend', API_PORT);
  try {
    await untilReady(api);
    await use(`http://127.0.0.1:${API_PORT}`);
  } finally {
    await stop(api);
  }
}

/** @typedef {{ program: string, port: number, running: import('node:child_process').ChildProcess }} Server */

/**
 * @param {string} program a Python module
 * @param {number} port
 * @returns {Server}
 */
function startServer(program, port) {
  const running = spawn('.venv/bin/python', ['-m', program], {
    cwd: repository,
    env: { ...process.env, API_PORT: `${port}`, TOGETHER_PORT: `${port}`, WEB_PORT: `${WEB_PORT}` },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return { program, port, running };
}

/** @param {Server} server */
async function untilReady({ program, port, running }) {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && running.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`A server did not get ready: \`.venv/bin/python -m ${program}\` says why.`);
}

/** @param {Server} server */
async function stop({ running }) {
  if (running.exitCode !== null) return;
  const gone = once(running, 'exit');
  running.kill('SIGTERM');
  await gone;
}
