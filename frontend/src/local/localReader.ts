/** The reader on this device: asks the worker, and knows which question a reply belongs to. */

import { readModelFacts } from '../api/answers';
import { ApiFailure } from '../api/failures';
import type { Reader } from '../api/reader';
import type { AlphabetName, Prediction } from '../api/types';
import { FILES } from './files';
import type { Ask, Reply } from './worker';

export interface LocalReader extends Reader {
  /** Resolves once the model of the alphabet is there, so that the first answer needn't wait for it. */
  readonly prepare: (alphabet: AlphabetName) => Promise<void>;
}

type Port = Pick<Worker, 'postMessage' | 'addEventListener'>;

interface Waiting {
  readonly resolve: (predictions: readonly Prediction[]) => void;
  readonly reject: (failure: ApiFailure) => void;
}

export function createLocalReader(worker: Port): LocalReader {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  worker.addEventListener('message', (event) => {
    const reply = (event as MessageEvent<Reply>).data;
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('problem' in reply) asked?.reject(new ApiFailure('offline', reply.problem));
    else asked?.resolve(reply.predictions);
  });
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new ApiFailure('offline', 'This browser can’t read by itself.'));
    waiting.clear();
  });

  const ask = (images: readonly Uint8Array[], alphabet: AlphabetName, signal?: AbortSignal) =>
    new Promise<readonly Prediction[]>((resolve, reject) => {
      signal?.throwIfAborted();
      last += 1;
      waiting.set(last, { resolve, reject });
      const message: Ask = { id: last, alphabet, images };
      worker.postMessage(message);
    });

  return {
    predict: async (pixels, signal, alphabet = 'digits') => (await ask([pixels], alphabet, signal))[0],
    predictBatch: async (images, signal, alphabet = 'digits') => [...(await ask(images, alphabet, signal))],
    getModel: async (signal, alphabet = 'digits') => {
      const response = await fetch(FILES[alphabet].facts, { signal });
      return readModelFacts(await response.json());
    },
    prepare: async (alphabet) => {
      await ask([], alphabet);
    },
  };
}

/** The one of this page. */
export function startLocalReader(): LocalReader {
  return createLocalReader(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
}
