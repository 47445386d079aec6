/** A reading: where the question "what is written here?" stands. */

import type { ApiFailure } from '../api/failures';
import type { Prediction } from '../api/types';

export interface Answer extends Prediction {
  readonly milliseconds: number;
}

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

/** The likeliest label, whether or not it was recognised. */
export function guessOf({ probabilities, labels }: Prediction): string {
  return labels[probabilities.indexOf(Math.max(...probabilities))];
}

/** Whether there is a guess behind a refusal: probabilities all alike hold none. */
export function hasGuess({ probabilities }: Prediction): boolean {
  return Math.max(...probabilities) - Math.min(...probabilities) > 0.01;
}

/** The second likeliest label, where it is close enough to be worth a word. */
export function runnerUpOf({ probabilities, labels }: Prediction): string | undefined {
  const [first, second] = probabilities.map((p, i) => ({ p, label: labels[i] })).sort((a, b) => b.p - a.p);
  return second.p >= 0.1 || first.p - second.p < 0.3 ? second.label : undefined;
}
