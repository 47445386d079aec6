import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const port = Number(process.env.WEB_PORT ?? 3000);
const served = { host: '127.0.0.1', port, strictPort: true };

export default defineConfig({
  plugins: [react()],
  server: served,
  preview: served,
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: {
    restoreMocks: true,
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'ink', environment: 'node', include: ['src/ink/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/ink/**'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
    ],
  },
});
