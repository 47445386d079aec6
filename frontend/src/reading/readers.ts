/** Who reads: the server as long as it answers, else this device. */

import { isOnlyHere } from '../api/onlyHere';
import { ApiFailure } from '../api/failures';
import type { Reader } from '../api/reader';
import type { LocalReader } from '../local/localReader';

/** How the device stands to reading by itself. */
export type DeviceState = 'unasked' | 'preparing' | 'ready' | 'unable';

export interface Readers extends Reader {
  /** Told whenever somebody has looked whether the server is there. */
  readonly serverSeen: (isThere: boolean) => void;
  /** Told whenever the server is found gone by a question to it. Returns how to be told no more. */
  readonly watchGone: (listener: () => void) => () => void;
  readonly deviceState: () => DeviceState;
  readonly watchDevice: (listener: () => void) => () => void;
}

// A server that takes longer is as good as gone to a person with a pen; it is asked again once it is seen.
const SERVER_PATIENCE = 600; // ms
const LATE = Symbol('late');

/**
 * Readers in one: `server` is asked first, unless it was found gone, or the person wants nothing sent. Then, and
 * where it takes too long, the device reads; where that can't either, the server's failure stands.
 */
export function createReaders(
  server: () => Reader,
  startDevice: () => Promise<LocalReader>,
  onlyHere: () => boolean = isOnlyHere,
): Readers {
  const listeners = new Set<() => void>();
  const whenGone = new Set<() => void>();
  let state: DeviceState = 'unasked';
  let isGone = false;
  let starting: Promise<LocalReader> | undefined;
  let started: LocalReader | undefined; // has answered, so it is asked at once, before the page is painted

  const become = (next: DeviceState) => {
    if (state === next) return;
    state = next;
    listeners.forEach((listener) => { listener(); });
  };

  const onDevice = async <T>(ask: (reader: LocalReader) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    if (state !== 'ready') become('preparing');
    try {
      const reader = started ?? (await (starting ??= startDevice()));
      const answer = await ask(reader);
      started = reader;
      become('ready');
      return answer;
    } catch (error) {
      if (!signal?.aborted) {
        starting = started = undefined;
        become('unable');
      }
      throw error;
    }
  };

  /** The server's answer, or the device's where the server is gone, or not there in time. */
  const read = async <T>(ask: (reader: Reader) => Promise<T>, signal?: AbortSignal, patience = SERVER_PATIENCE) => {
    if (onlyHere()) return onDevice(ask, signal);
    if (isGone) {
      return onDevice(ask, signal).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        return ask(server());
      });
    }
    const fromServer = ask(server());
    const early = await Promise.race([fromServer.catch(() => undefined), after(patience)]);
    if (early !== undefined && early !== LATE) return early;
    signal?.throwIfAborted();
    if (early === undefined) {
      const failure: unknown = await fromServer.catch((error: unknown) => error);
      if (!isAbsence(failure)) throw failure;
    }
    isGone = true;
    whenGone.forEach((listener) => { listener(); });
    void fromServer.then(() => { isGone = false; }).catch(() => undefined);
    return Promise.any([fromServer, onDevice(ask, signal)]).catch(() => fromServer);
  };

  return {
    predict: (pixels, signal, alphabet) => read((reader) => reader.predict(pixels, signal, alphabet), signal),
    predictBatch: (images, signal, alphabet) => read((reader) => reader.predictBatch(images, signal, alphabet), signal),
    getModel: (signal, alphabet) => read((reader) => reader.getModel(signal, alphabet), signal, Infinity),
    serverSeen: (isThere) => {
      const wasGone = isGone;
      isGone = !isThere;
      if (isGone && !wasGone) void onDevice((reader) => reader.prepare('digits')).catch(() => undefined);
    },
    watchGone: (listener) => {
      whenGone.add(listener);
      return () => whenGone.delete(listener);
    },
    deviceState: () => state,
    watchDevice: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whether nobody answered who could read. */
function isAbsence(error: unknown): boolean {
  return error instanceof ApiFailure && (error.kind === 'offline' || error.kind === 'starting');
}

/** Never, for an infinite time. */
function after(milliseconds: number): Promise<typeof LATE> {
  return new Promise((resolve) => {
    if (milliseconds < Infinity) setTimeout(() => { resolve(LATE); }, milliseconds);
  });
}
