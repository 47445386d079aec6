/** What teaching says to a person: of what was kept, of what waits, and why. */

import type { ApiFailure } from '../api/failures';
import type { AlphabetName } from '../api/types';
import { ONE } from '../reading/alphabetChoice';
import { asSentence, named } from '../ui/format';
import { MOST_WAITING } from './outbox';

export interface Note {
  readonly tone: 'calm' | 'warning';
  readonly words: string;
  /** What helps, where it is something that the person can do. */
  readonly help?: 'token' | 'again' | 'kept';
}

/** "a 9", "an A", "no digit". */
export function meantInWords(meant: string | null, alphabet: AlphabetName): string {
  return meant === null ? `no ${ONE[alphabet]}` : named(meant);
}

export function keepingInWords(meant: string | null, alphabet: AlphabetName): string {
  return `Keeping it as ${meantInWords(meant, alphabet)}…`;
}

export function keptInWords(meant: string | null, alphabet: AlphabetName): string {
  return `Kept as ${meantInWords(meant, alphabet)}.`;
}

export const ROOMLESS: Note = {
  tone: 'warning',
  words: `${String(MOST_WAITING)} lessons wait for the server already. There is room for more once it has taken them.`,
  help: 'again',
};

/** Why lessons wait in this browser, and until when. */
export function noteOnWaiting(failure: ApiFailure): Note {
  switch (failure.code) {
    case 'token_needed':
      return { tone: 'warning', words: 'The server wants another token of whoever teaches. Your lesson waits here.', help: 'token' };
    case 'teaching_off':
      return { tone: 'warning', words: 'The server has stopped taking lessons. Yours waits here.', help: 'again' };
    case 'store_full':
      return { tone: 'warning', words: `${detailOr(failure, 'The server has no room for more lessons.')} Yours waits here.`, help: 'kept' };
    case 'store_unavailable':
      return { tone: 'warning', words: 'The server can’t keep lessons at the moment. Yours waits here, and is sent when it can.', help: 'again' };
  }
  switch (failure.kind) {
    case 'offline':
    case 'starting':
      return { tone: 'calm', words: 'The server is away. Your lesson waits here, and is sent when it is back.', help: 'again' };
    case 'busy':
      return { tone: 'calm', words: 'The server takes only so many at once. Your lesson is sent in a moment.', help: 'again' };
    default:
      return { tone: 'warning', words: 'The server failed. Your lesson waits here, and is sent again.', help: 'again' };
  }
}

/** Why a lesson was not kept and never will be. */
export function noteOnRefused(failure: ApiFailure): Note {
  return { tone: 'warning', words: `Not kept. ${detailOr(failure, 'The server can’t take this lesson.')}` };
}

/** Why a list of lessons, or a deletion, isn't there. */
export function wordsForTrouble(failure: ApiFailure): string {
  if (failure.code === 'token_needed') return 'The server wants another token of whoever teaches.';
  if (failure.code === 'teaching_off') return 'The server has stopped taking lessons.';
  if (failure.code === 'store_unavailable') return 'The server can’t reach its lessons at the moment.';
  if (failure.kind === 'offline' || failure.kind === 'starting') return 'The server is away.';
  if (failure.kind === 'busy') return 'The server is asked too much at once.';
  return detailOr(failure, 'The server failed.');
}

function detailOr({ detail }: ApiFailure, otherwise: string): string {
  return detail === '' ? otherwise : asSentence(detail);
}

export function lessonsInWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'lesson' : 'lessons'}`;
}
