import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { API_PORT, WEB_PORT } from './e2e/ports';

// Chromium without its own windows, where it is installed, takes a third less of the processor.
const CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

// Files with servers of their own, each for one test at a time. They wait longest, so they come first.
const WITH_SERVERS = /(server|sharing|teaching|teachingTroubles|together|updated)\.spec\.ts/;

const environment = {
  API_PORT: String(API_PORT),
  WEB_PORT: String(WEB_PORT),
};

export default defineConfig({
  testDir: 'e2e',
  workers: 4, // on two cores: much of a test is waiting
  projects: [
    { name: 'with servers', testMatch: WITH_SERVERS },
    { name: 'others', testIgnore: WITH_SERVERS, fullyParallel: true },
  ],
  timeout: 45_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: `http://localhost:${String(WEB_PORT)}`,
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block', // but where a test is about them: what they answer no test can change
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? CHROMIUMS.find((path) => existsSync(path)),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: [
    {
      command: '.venv/bin/python -m backend',
      cwd: '..',
      url: `http://127.0.0.1:${String(API_PORT)}/health`,
      env: environment,
      timeout: 120_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    },
    {
      command: 'npx vite preview', // of what `make` has built: which API it asks it is told when it is served
      url: `http://127.0.0.1:${String(WEB_PORT)}`,
      env: environment,
      timeout: 120_000,
    },
  ],
});
