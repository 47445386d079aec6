import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import { describe, expect, it } from 'vitest';
import { pageConfig, pageConfigOf } from './pageConfig';

describe('where the page is told that the API is', () => {
  it.each([
    [{}, 5000],
    [{ API_PORT: '5310' }, 5310],
    [{ API_HOST: '127.0.0.1', API_PORT: '' }, 5000],
    [{ API_HOST: '0.0.0.0', API_PORT: '5310' }, 5310],
    [{ API_HOST: '192.0.2.7', API_PORT: '5310' }, 'http://192.0.2.7:5310'],
    [{ API_HOST: '2001:db8::7' }, 'http://[2001:db8::7]:5000'],
    [{ API_HOST: '0.0.0.0', VITE_API_URL: 'https://digits.example/api' }, 'https://digits.example/api'],
  ])('with %j is %s', (environment, api) => {
    expect(pageConfigOf(environment)).toEqual({ api });
  });
});

it('the page is told where rooms are, where there are any', () => {
  expect(pageConfigOf({ TOGETHER: 'on', TOGETHER_PORT: '5999' })).toEqual({ api: 5000, together: 5999 });
  expect(pageConfigOf({ TOGETHER: 'on', API_HOST: '192.0.2.7' }).together).toBe('http://192.0.2.7:5050');
  expect(pageConfigOf({ TOGETHER: 'off' }).together).toBeUndefined();
});

it('one build serves two pages, each with an API of its own', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(outDir, 'index.html'), '<title>page</title>');
  await writeFile(join(outDir, 'config.json'), '{"api": 1}'); // of whoever built it
  const serve = (port: string) =>
    preview({
      configFile: false,
      logLevel: 'silent',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
      plugins: [pageConfig({ API_PORT: port })],
    });
  const servers = await Promise.all(['5001', '5002'].map(serve));
  try {
    const told = await Promise.all(
      servers.map(async ({ resolvedUrls }) => {
        const response = await fetch(`${resolvedUrls?.local[0] ?? ''}config.json`);
        return (await response.json()) as unknown;
      }),
    );
    expect(told).toEqual([{ api: 5001 }, { api: 5002 }]);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    await rm(outDir, { recursive: true });
  }
});
