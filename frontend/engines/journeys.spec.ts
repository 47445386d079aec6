import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { DIGITS, type Drawing, placed, PLACES } from '../e2e/handwriting';
import { API_PORT, WEB_PORT } from '../e2e/ports';
import { createServer } from '../e2e/servers';
import type { Engine } from './engine';
import { FIREFOXES, startFirefox } from './firefox';
import { DRIVER, MINI_BROWSERS, SCREEN, startWebKit } from './webkit';

const PAPER = '[data-testid="drawing-canvas"]';
const L: Drawing = [[[0.3, 0.15], [0.3, 0.5], [0.3, 0.85], [0.5, 0.85], [0.75, 0.85]]]; // prettier-ignore
const DRIVER_PORT = API_PORT + 5;

const api = createServer(API_PORT);
const address = `http://localhost:${String(WEB_PORT)}/`;
let engine: Engine;
let started: Engine | undefined;
let web: ChildProcess | undefined;

// One browser takes all of them, one after the other.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const { name } = test.info().project;
  const start = starterOf(name);
  if (typeof start === 'string') {
    console.log(`${name} can’t run here: ${start}`); // a list of tests tells no reason
    test.skip();
    return;
  }
  await Promise.all([api.start(), startWeb()]);
  engine = started = await start();
});

test.afterAll(async () => {
  await started?.close();
  await Promise.all([stopWeb(), api.stop()]);
});

test('a digit is drawn, and the server is there to read it', async () => {
  await engine.open(address);
  await expect.poll(() => text('.lamp')).toBe('Server ready');
  await engine.draw(PAPER, placed(DIGITS[7], PLACES['in the middle']));
  await expectRead('7');
  // From here on the page is kept, which a reload might have cut short.
  await expect.poll(() => engine.evaluate<boolean>(`return navigator.serviceWorker?.controller != null`)).toBe(true);
});

test('the drawing, its answer and the history of drawings are there after a reload', async () => {
  await engine.reload();
  await expectRead('7');
  await expect.poll(() => count('[aria-label^="Open the drawing read as 7"]')).toBe(1);
});

test('a letter is drawn and read', async () => {
  await engine.click('[data-testid="alphabet-letters"]');
  await engine.click('[data-testid="clear"]');
  await engine.draw(PAPER, L);
  await expectRead('L');
  await engine.click('[data-testid="alphabet-digits"]');
});

test('a picture is read from a file', async () => {
  await engine.evaluate(`
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, 300, 300);
    context.lineWidth = 18;
    context.lineCap = context.lineJoin = 'round';
    for (const stroke of ${JSON.stringify(placed(DIGITS[4], { x: 0.25, y: 0.2, size: 0.6 }))}) {
      context.beginPath();
      for (const [x, y] of stroke) context.lineTo(300 * x, 300 * y);
      context.stroke();
    }
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
    const files = new DataTransfer();
    files.items.add(new File([blob], 'four.png', { type: 'image/png' }));
    const input = document.querySelector('[data-testid="file-input"]');
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  `);
  await expectRead('4');
});

test('this device reads where the server has gone', async () => {
  await engine.reload();
  await engine.click('[data-testid="clear"]');
  await api.stop();
  await engine.draw(PAPER, placed(DIGITS[3], PLACES['in the middle']));
  await expectRead('3');
  await expect.poll(() => text('[data-testid="status"]')).toContain('on this device');
});

test('without any network the page opens again, and reads', async () => {
  await stopWeb();
  await engine.reload();
  await expectRead('3');
});

/** How the engine is started, or why it can't be. */
function starterOf(name: string): (() => Promise<Engine>) | string {
  if (name === 'firefox') {
    const path = FIREFOXES.find((candidate) => existsSync(candidate));
    return path ? () => startFirefox(path) : `none of ${FIREFOXES.join(', ')} (Debian: firefox-esr)`;
  }
  const browser = MINI_BROWSERS.find((candidate) => existsSync(candidate));
  const missing = [DRIVER, SCREEN].filter((path) => !existsSync(path));
  if (!browser) missing.push('WebKitGTK’s MiniBrowser');
  if (missing.length > 0 || !browser) return `no ${missing.join(', no ')} (Debian: webkit2gtk-driver, xvfb)`;
  return () => startWebKit(browser, DRIVER_PORT);
}

function text(selector: string): Promise<string> {
  return engine.evaluate(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
}

function count(selector: string): Promise<number> {
  return engine.evaluate(`return document.querySelectorAll(${JSON.stringify(selector)}).length`);
}

async function expectRead(character: string): Promise<void> {
  await expect.poll(() => text('[data-testid="predicted-text"][aria-busy="false"]')).toBe(character);
}

async function startWeb(): Promise<void> {
  web = spawn('node', ['node_modules/vite/bin/vite.js', 'preview', '--logLevel', 'warn'], {
    env: { ...process.env, API_PORT: String(API_PORT), WEB_PORT: String(WEB_PORT) },
    stdio: 'ignore',
  });
  await expect.poll(() => fetch(address).then(({ ok }) => ok, () => false), { message: 'the page is served' }).toBe(true);
}

async function stopWeb(): Promise<void> {
  const stopped = web;
  web = undefined;
  if (!stopped || stopped.exitCode !== null) return;
  const gone = once(stopped, 'exit');
  stopped.kill('SIGTERM');
  await gone;
}
