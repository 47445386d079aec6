import { readdirSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstPaint } from './firstPaint.ts';
import { installable } from './installable.ts';
import { pageConfig } from './pageConfig.ts';
import { watModules } from './watModules.ts';

const { WEB_PORT, WEB_HOST, API_HOST } = process.env;
// As the API has it: a page that other devices open needs an API that they reach, and the other way round.
const host = WEB_HOST || API_HOST || '127.0.0.1';
const served = { host, port: Number(WEB_PORT || 3000), strictPort: true };

// Tests that put something in a module's place need modules of their own; the others share theirs, which takes
// half of the time.
const MOCKING = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file))
  .map((file) => `src/${file}`)
  .filter((file) => readFileSync(file, 'utf8').includes('vi.mock('));

export default defineConfig({
  base: './', // so that the page may be served under any path
  plugins: [react(), pageConfig(process.env), watModules(), firstPaint(), installable()],
  worker: { format: 'es', plugins: () => [watModules()] },
  server: { ...served, fs: { allow: ['..'] } }, // the models stand beside the page's folder
  preview: { ...served, allowedHosts: true }, // nothing that it serves is secret
  build: {
    target: 'es2022',
    rolldownOptions: {
      // Apart from the page's own script, so that none is long to evaluate; the first of them changes seldom.
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'theme', test: /src\/ui\/theme/ },
          ],
        },
      },
    },
  },
  test: {
    restoreMocks: true,
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'plain', environment: 'node', include: ['src/{ink,local}/**/*.test.ts', '*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/{ink,local}/**', ...MOCKING],
          setupFiles: ['src/testing/setup.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'mocking',
          environment: 'jsdom',
          include: MOCKING,
          setupFiles: ['src/testing/setup.ts'],
        },
      },
    ],
  },
});
