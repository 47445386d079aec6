/** The port of whoever reads: the server's API, or this device itself. */

import type { ModelFacts } from './answers';
import type { AlphabetName, Prediction } from './types';

export interface Reader {
  /** Which character of the alphabet a framed image shows. Fails with an ApiFailure, as everything here. */
  readonly predict: (pixels: Uint8Array, signal?: AbortSignal, alphabet?: AlphabetName) => Promise<Prediction>;
  /** The same of at least one image, in their order. */
  readonly predictBatch: (
    images: readonly Uint8Array[],
    signal?: AbortSignal,
    alphabet?: AlphabetName,
  ) => Promise<Prediction[]>;
  /** The facts of the model that reads. */
  readonly getModel: (signal?: AbortSignal, alphabet?: AlphabetName) => Promise<ModelFacts>;
}
