/** Answers as the server gives them. */

import type { Prediction } from '../api/types';
import type { Answer } from '../reading/reading';

/** A prediction of `digit`; the other nine share what `confidence` leaves. */
export function predictionOf(digit: number | null, confidence = 0.91, likeliest = digit ?? 0): Prediction {
  const probabilities = Array.from({ length: 10 }, (_, i) =>
    i === likeliest ? confidence : (1 - confidence) / 9,
  );
  return { digit, confidence, probabilities, model: 'test' };
}

export function answerOf(digit: number | null, confidence?: number): Answer {
  return { ...predictionOf(digit, confidence), milliseconds: 12 };
}
