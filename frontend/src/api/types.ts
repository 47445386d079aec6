/** The API's bodies, by the names that the page uses; all but the requests come from its document. */

import type { components } from './schema';

type Served = components['schemas']['PredictResponse'];

/** What the page relies on in an answer; the rest may be missing. */
export type Prediction = Readonly<
  Pick<Served, 'digit' | 'confidence' | 'probabilities'> & Partial<Pick<Served, 'pixels' | 'model'>>
> & { readonly reason?: string };

export interface PixelsRequest {
  readonly pixels: readonly number[];
}

export interface BatchRequest {
  readonly images: readonly (readonly number[])[];
}
