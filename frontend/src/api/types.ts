/** The API's bodies, by the names that the page uses; they come from the document it serves. */

import type { components } from './schema';

type Schemas = components['schemas'];
type Served = Schemas['PredictResponse'];
type Explained = Schemas['ExplainResponse'];

/** What can be asked for. */
export type AlphabetName = 'digits' | 'letters';

/** The codes that the page knows by name; others may come, each with its sentence. */
export type ReasonCode = Schemas['Reason'];

/** A step on the way from a picture to what the model sees; `image` is a data URL. */
export type Stage = Readonly<Schemas['Stage']>;

/** What the page relies on in an answer; the rest may be missing. */
export interface Prediction
  extends Readonly<Pick<Served, 'digit' | 'character' | 'confidence'>>,
    Readonly<Partial<Pick<Served, 'is_character' | 'model' | 'reason' | 'upside_down'>>> {
  /** One of each of `labels`. */
  readonly probabilities: readonly number[];
  readonly labels: readonly string[];
  /** The 784 that the model saw, 0..255. */
  readonly pixels?: readonly number[];
  readonly reason_code?: string;
  readonly stages?: readonly Stage[];
  /** Who read it, where it wasn't the server. */
  readonly by?: 'device';
}

/** One character that was found on a picture; `box` is left, top, width and height in px of what was sent, upright. */
export type PictureCharacter = Readonly<Schemas['ReadCharacter']>;

/** All that was found on a picture; `text` is empty where nothing was. */
export interface PictureText extends Readonly<Pick<Schemas['ReadResponse'], 'text' | 'confidence' | 'labels' | 'model'>> {
  readonly characters: readonly PictureCharacter[];
}

/** What one layer of the network makes of an image: a sprite of `columns` x `rows` maps. */
export type Layer = Readonly<Schemas['Layer']>;

/**
 * Why an image is read as it is; `saliency` and `counter_evidence` hold 784 values of -1..1, `guess` and
 * `runner_up` are places in `labels`.
 */
export interface Explanation extends Prediction, Readonly<Pick<Explained, 'guess' | 'runner_up'>> {
  readonly saliency: readonly number[];
  readonly counter_evidence: readonly number[];
  readonly layers: readonly Layer[];
}

export type PixelsRequest = Schemas['PixelsRequest'];
export type BatchRequest = Schemas['BatchRequest'];
