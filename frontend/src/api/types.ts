/** The API's bodies, by the names that the page uses; they come from the document it serves. */

import type { components } from './schema';

type Schemas = components['schemas'];
type Served = Schemas['PredictResponse'];

/** What the page relies on in an answer; the rest may be missing. */
export type Prediction = Readonly<
  Pick<Served, 'digit' | 'confidence' | 'probabilities'> & Partial<Pick<Served, 'pixels' | 'model'>>
> & { readonly reason?: string };

export type PixelsRequest = Schemas['PixelsRequest'];
export type BatchRequest = Schemas['BatchRequest'];
