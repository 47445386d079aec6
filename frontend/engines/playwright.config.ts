/** The journeys in the engines of Firefox and of Safari, as far as the machine has them: `npm run test:engines`. */

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/engines',
  workers: 1,
  retries: 1, // WebDrivers are not as steady as Playwright
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  projects: [{ name: 'firefox' }, { name: 'webkit' }],
});
