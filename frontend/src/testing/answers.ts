/** Answers as the server gives them. */

import { DIGITS } from '../api/answers';
import type { Prediction } from '../api/types';
import type { Answer } from '../reading/reading';

/** A prediction of `digit`, or a refusal; the other nine share what `confidence` leaves. */
export function predictionOf(digit: number | null, confidence = 0.91, likeliest = digit ?? 0): Prediction {
  const probabilities = Array.from({ length: 10 }, (_, i) =>
    i === likeliest ? confidence : (1 - confidence) / 9,
  );
  const character = digit === null ? null : String(digit);
  return { digit, character, confidence, probabilities, labels: DIGITS, model: 'test' };
}

/** A prediction of one of other `labels`. */
export function characterOf(character: string, labels: readonly string[], confidence = 0.9): Prediction {
  const rest = (1 - confidence) / (labels.length - 1);
  const probabilities = labels.map((label) => (label === character ? confidence : rest));
  return { digit: null, character, confidence, probabilities, labels, model: 'test' };
}

export function answerOf(digit: number | null, confidence?: number): Answer {
  return { ...predictionOf(digit, confidence), milliseconds: 12 };
}

export const LETTERS: readonly string[] = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
