/** Answers as the server gives them. */

import { DIGITS } from '../api/answers';
import type { PictureText, Prediction } from '../api/types';
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

/** What is found on a picture of 200 x 100 px where `text` stands in lines, each digit 10 px wide and 20 px tall. */
export function pictureTextOf(text: string, confidence = 0.9): PictureText {
  const characters = text.split('\n').flatMap((digits, line) =>
    Array.from(digits, (character, i) => ({
      character,
      confidence: 0.95,
      probabilities: [...predictionOf(Number(character), 0.95).probabilities],
      box: [10 + 15 * i, 10 + 30 * line, 10, 20],
      line,
      pixels: Array<number>(784).fill(i),
    })),
  );
  return { text, confidence, characters, labels: [...DIGITS], model: 'test' };
}

export function answerOf(digit: number | null, confidence?: number): Answer {
  return { ...predictionOf(digit, confidence), milliseconds: 12 };
}

export const LETTERS: readonly string[] = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
