/** The queue of picture files: read a few at a time, each with its own outcome. */

import { checkHealth, predictPicture } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { Prediction } from '../api/types';
import { newId } from '../ui/newId';
import { preparePicture } from './preparePicture';

const AT_ONCE = 2;
const MOST_TRIES = 5;
const BUSY_DELAY = 2; // s, where the server names none
const HEALTH_DELAY = 2_000; // ms between looks at a server that is away

export type Outcome =
  | { readonly state: 'waiting' | 'reading' | 'stopped' }
  | { readonly state: 'read'; readonly prediction: Prediction }
  | { readonly state: 'failed'; readonly failure: ApiFailure };

export interface QueuedFile {
  readonly id: string;
  readonly file: File;
  readonly thumbnail?: string;
  readonly outcome: Outcome;
}

export interface QueueState {
  readonly files: readonly QueuedFile[];
  /** Whether the server is away: the queue goes on by itself once it is back. */
  readonly isHeldUp: boolean;
}

export type FileQueue = ReturnType<typeof createFileQueue>;

/** Kept outside React's state: files are read on, whatever the page shows. */
export function createFileQueue() {
  let state: QueueState = { files: [], isHeldUp: false };
  let stopping = new AbortController();
  let workers = 0;
  const listeners = new Set<() => void>();

  const set = (change: Partial<QueueState>) => {
    state = { ...state, ...change };
    listeners.forEach((listener) => {
      listener();
    });
  };
  const update = (id: string, change: Partial<QueuedFile>) => {
    set({ files: state.files.map((file) => (file.id === id ? { ...file, ...change } : file)) });
  };
  const changeAll = (isMeant: (outcome: Outcome) => boolean, to: Outcome) => {
    set({ files: state.files.map((file) => (isMeant(file.outcome) ? { ...file, outcome: to } : file)) });
  };

  const work = async (run: AbortController) => {
    const next = () => state.files.find(({ outcome }) => outcome.state === 'waiting');
    for (let file = next(); file && run === stopping; file = next()) {
      update(file.id, { outcome: { state: 'reading' } });
      const outcome = await read(file, run.signal);
      if (run === stopping) update(file.id, { outcome });
    }
  };

  const read = async ({ id, file }: QueuedFile, signal: AbortSignal): Promise<Outcome> => {
    try {
      const { upload, thumbnail } = await preparePicture(file);
      update(id, { thumbnail });
      const ask = () => predictPicture(upload, { stages: false, signal });
      return { state: 'read', prediction: await persist(ask, signal) };
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure('malformed', String(error));
      return { state: 'failed', failure };
    }
  };

  /** Ask again once the server is back, or less busy; not forever, as it may be the file that it can't bear. */
  const persist = async (ask: () => Promise<Prediction>, signal: AbortSignal): Promise<Prediction> => {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || tries === MOST_TRIES || !(error instanceof ApiFailure)) throw error;
        if (error.kind === 'offline' || error.kind === 'starting') await untilBack(signal);
        else if (error.kind === 'busy') await pause((error.retryAfterSeconds ?? BUSY_DELAY) * 1000, signal);
        else throw error;
      }
    }
  };

  const untilBack = async (signal: AbortSignal) => {
    set({ isHeldUp: true });
    for (;;) {
      try {
        await pause(HEALTH_DELAY, signal);
        await checkHealth(signal);
        break;
      } catch (error) {
        if (signal.aborted) throw error;
      }
    }
    set({ isHeldUp: false });
  };

  const start = () => {
    const run = stopping;
    while (workers < AT_ONCE) {
      workers += 1;
      void work(run).finally(() => {
        if (run === stopping) workers -= 1;
      });
    }
  };

  const stop = () => {
    stopping.abort();
    stopping = new AbortController();
    workers = 0;
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (files: readonly File[]) => {
      const added = files.map((file): QueuedFile => ({ id: newId(), file, outcome: { state: 'waiting' } }));
      set({ files: [...state.files, ...added] });
      start();
    },
    /** Read no more; what has been read stays. */
    cancel: () => {
      stop();
      set({ isHeldUp: false });
      changeAll(isLeft, { state: 'stopped' });
    },
    /** Read what was stopped, or failed in a way that may have passed. */
    resume: () => {
      changeAll(isWorthAnotherTry, { state: 'waiting' });
      start();
    },
    empty: () => {
      stop();
      set({ files: [], isHeldUp: false });
    },
  };
}

/** Whether a file is still to be read. */
export function isLeft({ state }: Outcome): boolean {
  return state === 'waiting' || state === 'reading';
}

export function isWorthAnotherTry(outcome: Outcome): boolean {
  if (outcome.state !== 'failed') return outcome.state === 'stopped';
  return !['rejected', 'wrong type', 'too large'].includes(outcome.failure.kind);
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
