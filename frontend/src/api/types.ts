/** The API's bodies, by the names that the page uses; they come from the document it serves. */

import type { components } from './schema';

type Schemas = components['schemas'];
type Served = Schemas['PredictResponse'];
type Explained = Schemas['ExplainResponse'];

/** A step on the way from a picture to what the model sees; `image` is a data URL. */
export type Stage = Readonly<Schemas['Stage']>;

/** What the page relies on in an answer; the rest may be missing. */
export type Prediction = Readonly<
  Pick<Served, 'digit' | 'confidence' | 'probabilities'> & Partial<Pick<Served, 'pixels' | 'model'>>
> & { readonly reason?: string; readonly stages?: readonly Stage[] };

/** What one layer of the network makes of an image: a sprite of `columns` x `rows` maps. */
export type Layer = Readonly<Schemas['Layer']>;

/** Why an image is read as it is; `saliency` and `counter_evidence` hold 784 values of -1..1. */
export type Explanation = Prediction &
  Readonly<Pick<Explained, 'guess' | 'runner_up' | 'saliency' | 'counter_evidence' | 'layers'>>;

export type PixelsRequest = Schemas['PixelsRequest'];
export type BatchRequest = Schemas['BatchRequest'];
