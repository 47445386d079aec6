/** Failures: everything that can go wrong between the page and the API, by what to do about it. */

import { isAxiosError } from 'axios';

export type FailureKind =
  | 'offline' // nobody answers
  | 'starting' // 503: the model is not loaded yet
  | 'rejected' // 4xx: asking the same again won't help
  | 'wrong type' // 415, or a file that is no picture
  | 'too large' // 413
  | 'busy' // 429: asking again later will
  | 'broken' // 5xx
  | 'malformed' // an answer that is none
  | 'kept here'; // nothing was sent, as the person wants it

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly kind: FailureKind,
    /** A sentence from the server, or about its answer; may be empty. */
    readonly detail: string,
    readonly requestId?: string,
    readonly retryAfterSeconds?: number,
    /** What went wrong, for programs, where the server says it. */
    readonly code?: string,
    /** Of the response, where there was one. */
    readonly status?: number,
  ) {
    super(detail || kind);
  }
}

/** Any error as a failure. A cancelled request is no failure and is passed on as it is. */
export function asFailure(error: unknown): unknown {
  if (error instanceof ApiFailure || !isAxiosError(error)) return error;
  if (error.code === 'ERR_CANCELED') return error;
  const { response } = error;
  if (!response) return new ApiFailure('offline', '');
  const problem = readProblem(response.data);
  const retryAfter = Number(response.headers['retry-after']);
  return new ApiFailure(
    kindOf(response.status),
    problem.detail ?? problem.title ?? '',
    problem.request_id,
    retryAfter > 0 ? retryAfter : undefined,
    problem.code,
    response.status,
  );
}

function kindOf(status: number): FailureKind {
  if (status === 503) return 'starting';
  if (status === 429) return 'busy';
  if (status === 415) return 'wrong type';
  if (status === 413) return 'too large';
  if (status === 502 || status === 504) return 'offline'; // of a proxy that reaches no server
  if (status >= 500) return 'broken';
  return status >= 400 ? 'rejected' : 'malformed';
}

type Problem = Partial<Record<'title' | 'detail' | 'request_id' | 'code', string>>;

/** The fields of an RFC 9457 problem that are text; anything else that came is ignored. */
function readProblem(body: unknown): Problem {
  const object = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const names = ['title', 'detail', 'request_id', 'code'] as const;
  const texts = names.filter((name) => typeof object[name] === 'string');
  return Object.fromEntries(texts.map((name) => [name, object[name]]));
}
