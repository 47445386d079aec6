/** A reading: where the question "what is written here?" stands. */

import type { ApiFailure } from '../api/failures';
import type { Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';
import type { Bounds } from '../ink/strokes';

/** One character of what is written, or a part of it that none is read in. */
export interface Character {
  readonly prediction: Prediction;
  /** The 784 levels that the model saw. */
  readonly pixels: readonly number[];
  /** Its ink, in heights of the drawing box or of the picture. */
  readonly box: Bounds;
  readonly line: number;
  /** Its ink, where it was drawn here. */
  readonly strokes?: Strokes;
  /** Its label; undefined for a part that is read as none. */
  readonly label?: string;
}

/** What is read: a prediction, and where it isn't a single character, the text and all of its characters. */
export interface Read extends Prediction {
  /** With a line break between lines. */
  readonly text?: string;
  readonly characters?: readonly Character[];
  /** Of the picture that they stand on, in its heights; missing where there is none, or it can't be shown. */
  readonly pictureWidth?: number;
}

export interface Answer extends Read {
  readonly milliseconds: number;
}

const SURE = 0.8; // a character of a number that is less sure is in doubt

export type Reading =
  | { readonly state: 'empty' }
  | { readonly state: 'unasked' }
  | {
      readonly state: 'waiting';
      readonly slow: boolean;
      readonly previous?: Answer;
      /** The share of a picture that has been sent; 1 for anything small. */
      readonly sent: number;
    }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'refused'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly failure: ApiFailure; readonly retrying: boolean };

/** The answer to show: the one before stays, dimmed, until the next is there. */
export function answerOf(reading: Reading): Answer | undefined {
  if (reading.state === 'answered' || reading.state === 'refused') return reading.answer;
  return reading.state === 'waiting' ? reading.previous : undefined;
}

/** All that is read; empty where nothing is recognised. */
export function textOf({ text, character }: Pick<Read, 'text' | 'character'>): string {
  return text ?? character ?? '';
}

/** Characters in reading order as text. */
export function textOfCharacters(characters: readonly Pick<Character, 'label' | 'line'>[]): string {
  const read = characters.filter(({ label }) => label !== undefined);
  return read.map(({ label = '', line }, i) => (i > 0 && read[i - 1].line !== line ? `\n${label}` : label)).join('');
}

/** Whether a character of a number may well be another one. */
export function isDoubtful({ prediction, label }: Character): boolean {
  return label !== undefined && (prediction.character === null || prediction.confidence < SURE);
}

/** The likeliest label, whether or not it was recognised. */
export function guessOf({ probabilities, labels }: Prediction): string {
  return labels[probabilities.indexOf(Math.max(...probabilities))];
}

/** Whether there is a guess behind a refusal: probabilities all alike hold none. */
export function hasGuess({ probabilities }: Prediction): boolean {
  return Math.max(...probabilities) - Math.min(...probabilities) > 0.01;
}

/** The second likeliest label. */
export function secondOf({ probabilities, labels }: Prediction): string {
  const best = probabilities.indexOf(Math.max(...probabilities));
  const rest = probabilities.with(best, -1);
  return labels[rest.indexOf(Math.max(...rest))];
}

/** The second likeliest label, where it is close enough to be worth a word. */
export function runnerUpOf({ probabilities, labels }: Prediction): string | undefined {
  const [first, second] = probabilities.map((p, i) => ({ p, label: labels[i] })).sort((a, b) => b.p - a.p);
  return second.p >= 0.1 || first.p - second.p < 0.3 ? second.label : undefined;
}
