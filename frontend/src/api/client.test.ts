import { expect, it, vi } from 'vitest';

it('a request has no header that the API lets no browser send', async () => {
  const sent: Request[] = [];
  vi.stubGlobal('fetch', (...asked: Parameters<typeof fetch>) => {
    sent.push(new Request(...asked));
    return Promise.resolve(Response.json({ status: 'ready' }));
  });
  const { checkHealth } = await import('./client');
  await checkHealth();
  const { headers, url } = sent[sent.length - 1];
  expect(url).toMatch(/\/health$/);
  expect(Array.from(headers.keys())).toEqual(['accept']);
});
