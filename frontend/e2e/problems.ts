/** Answers of a server that is not well, in place of the real one's. */

import type { Route } from '@playwright/test';

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

export function problem(httpStatus: number, detail: string, headers: Record<string, string> = {}) {
  return (route: Route) =>
    route.fulfill({
      status: httpStatus,
      headers: { ...CORS, ...headers },
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title: 'Problem', status: httpStatus, detail, request_id: 'abc123' }),
    });
}

export function answer(body: unknown) {
  return (route: Route) =>
    route.fulfill({ status: 200, headers: CORS, contentType: 'application/json', body: JSON.stringify(body) });
}
