/** The queue of picture files: read a few at a time, each uploaded once and with an outcome of its own. */

import { checkHealth } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { AlphabetName } from '../api/types';
import { type Answer, type Read, textOf } from '../reading/reading';
import { newId } from '../ui/newId';
import { askPicture } from './askPicture';
import { type PreparedPicture, preparePicture } from './preparePicture';

const AT_ONCE = 2;
const MOST_TRIES = 5;
const BUSY_DELAY = 2; // s, where the server names none
const HEALTH_DELAY = 2_000; // ms between looks at a server that is away

export type Outcome =
  | { readonly state: 'waiting' | 'reading' | 'stopped' }
  | {
      readonly state: 'read';
      /** Without pixels, stages and characters: thousands of them would not fit in memory. */
      readonly prediction: Read;
      /** The whole answer, which the browser keeps elsewhere. */
      readonly recall: () => Promise<Answer>;
    }
  | { readonly state: 'failed'; readonly failure: ApiFailure };

export interface QueuedFile {
  readonly id: string;
  readonly file: File;
  readonly alphabet: AlphabetName;
  readonly thumbnail?: string;
  readonly outcome: Outcome;
}

export interface QueueSummary {
  /** The files by id, in the order they came. */
  readonly ids: readonly string[];
  /** How many are still to be read, ... */
  readonly left: number;
  /** have a character, */
  readonly recognised: number;
  /** have a number of several, */
  readonly numbers: number;
  /** have none, */
  readonly unrecognised: number;
  /** or were not read, though another try may do, */
  readonly worthAnotherTry: number;
  /** or can't be. */
  readonly unreadable: number;
  /** Whether the server is away: the queue goes on by itself once it is back. */
  readonly isHeldUp: boolean;
}

type Standing = Exclude<keyof QueueSummary, 'ids' | 'isHeldUp'>;

const EMPTY: QueueSummary = {
  ids: [],
  left: 0,
  recognised: 0,
  numbers: 0,
  unrecognised: 0,
  worthAnotherTry: 0,
  unreadable: 0,
  isHeldUp: false,
};

export type FileQueue = ReturnType<typeof createFileQueue>;

/**
 * Kept outside React's state: files are read on, whatever the page shows. What changes of one file is told to
 * those who follow that file, so that a change costs the same however many there are.
 *
 * A library's retries wait for a given time; these wait until the server is well.
 */
export function createFileQueue() {
  const files = new Map<string, QueuedFile>();
  let summary = EMPTY;
  let waiting: string[] = []; // the last is the next
  let run = new AbortController();
  let workers = 0;
  const listeners = new Map<string, Set<() => void>>(); // by file, '' for the summary

  const follow = (key: string) => (listener: () => void) => {
    const all = listeners.get(key) ?? new Set();
    listeners.set(key, all.add(listener));
    return () => {
      all.delete(listener);
      if (all.size === 0) listeners.delete(key);
    };
  };
  const tell = (key: string) => {
    listeners.get(key)?.forEach((listener) => {
      listener();
    });
  };
  const summarise = (change: Partial<QueueSummary>) => {
    summary = { ...summary, ...change };
    tell('');
  };

  const update = (id: string, change: Partial<QueuedFile>) => {
    const before = files.get(id);
    if (!before) return;
    const after = { ...before, ...change };
    files.set(id, after);
    tell(id);
    const [from, to] = [standingOf(before.outcome), standingOf(after.outcome)];
    if (from !== to) summarise({ [from]: summary[from] - 1, [to]: summary[to] + 1 });
  };
  const changeAll = (from: Standing, outcome: Outcome) => {
    const changed = [...files.values()].filter((file) => standingOf(file.outcome) === from);
    for (const { id } of changed) update(id, { outcome });
    return changed.map(({ id }) => id);
  };

  const start = (ids: readonly string[]) => {
    waiting = [...ids.toReversed(), ...waiting];
    while (workers < AT_ONCE && waiting.length > 0) {
      workers += 1;
      void work(run.signal);
    }
  };
  const stop = () => {
    run.abort();
    run = new AbortController();
    waiting = [];
    workers = 0;
  };

  const work = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const queued = files.get(waiting.pop() ?? '');
      if (!queued) {
        workers -= 1;
        return;
      }
      await read(queued, signal);
    }
  };

  const read = async ({ id, file, alphabet }: QueuedFile, signal: AbortSignal) => {
    const tellUnlessStopped = (change: Partial<QueuedFile>) => {
      if (!signal.aborted) update(id, change);
    };
    try {
      tellUnlessStopped({ outcome: { state: 'reading' } });
      const prepared = await preparePicture(file);
      tellUnlessStopped({ thumbnail: prepared.thumbnail });
      const answer = await persist(() => ask(prepared, alphabet, signal), signal);
      tellUnlessStopped({ outcome: outcomeOf(answer) });
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure('malformed', String(error));
      tellUnlessStopped({ outcome: { state: 'failed', failure } });
    }
  };

  /** Ask again once the server is back, or less busy; not forever, as it may be the file that it can't bear. */
  const persist = async (askOnce: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
    for (let tries = 1; ; tries++) {
      try {
        return await askOnce();
      } catch (error) {
        if (signal.aborted || tries === MOST_TRIES || !(error instanceof ApiFailure)) throw error;
        if (error.kind === 'offline' || error.kind === 'starting') await untilBack(signal);
        else if (error.kind === 'busy') await pause((error.retryAfterSeconds ?? BUSY_DELAY) * 1000, signal);
        else throw error;
      }
    }
  };

  const untilBack = async (signal: AbortSignal) => {
    summarise({ isHeldUp: true });
    for (;;) {
      try {
        await pause(HEALTH_DELAY, signal);
        await checkHealth(signal);
        break;
      } catch (error) {
        if (signal.aborted) throw error;
      }
    }
    summarise({ isHeldUp: false });
  };

  return {
    summary: () => summary,
    follow: follow(''),
    fileOf: (id: string) => files.get(id),
    followFile: follow,
    files: () => [...files.values()],
    add: (added: readonly File[], alphabet: AlphabetName = 'digits') => {
      const ids = added.map((file) => {
        const id = newId();
        files.set(id, { id, file, alphabet, outcome: { state: 'waiting' } });
        return id;
      });
      summarise({ ids: [...summary.ids, ...ids], left: summary.left + ids.length });
      start(ids);
    },
    /** Read no more; what has been read stays. */
    cancel: () => {
      stop();
      changeAll('left', { state: 'stopped' });
      summarise({ isHeldUp: false });
    },
    /** Read what was stopped, or failed in a way that may have passed. */
    resume: () => {
      start(changeAll('worthAnotherTry', { state: 'waiting' }));
    },
    empty: () => {
      stop();
      files.clear();
      summarise(EMPTY);
    },
  };
}

async function ask(prepared: PreparedPicture, alphabet: AlphabetName, signal: AbortSignal): Promise<Answer> {
  const start = performance.now();
  const read = await askPicture(prepared, { alphabet, signal });
  return { ...read, milliseconds: performance.now() - start };
}

function outcomeOf(answer: Answer): Outcome {
  const kept = new Blob([JSON.stringify(answer)]);
  return {
    state: 'read',
    prediction: { ...answer, pixels: undefined, stages: undefined, characters: undefined },
    recall: async () => JSON.parse(await kept.text()) as Answer,
  };
}

function standingOf(outcome: Outcome): Standing {
  switch (outcome.state) {
    case 'waiting':
    case 'reading':
      return 'left';
    case 'read':
      if (outcome.prediction.character !== null) return 'recognised';
      return textOf(outcome.prediction) === '' ? 'unrecognised' : 'numbers';
    case 'stopped':
      return 'worthAnotherTry';
    case 'failed':
      return ['rejected', 'wrong type', 'too large'].includes(outcome.failure.kind) ? 'unreadable' : 'worthAnotherTry';
  }
}

function pause(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, duration);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new ApiFailure('offline', ''));
    });
  });
}
