/** The subject of a lesson: what was read of what, before anyone has said what it was meant to be. */

import type { Lesson } from '../api/teaching';
import type { AlphabetName, Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { rounded } from '../ink/strokeData';
import { alphabetOf } from '../reading/alphabetChoice';
import type { Answer, Character } from '../reading/reading';
import { newUuid } from './random';

const MOST_POINTS = 4000; // of a drawing; one that has more is kept as pixels alone

export interface Subject {
  /** The same for the same ink read in the same alphabet. */
  readonly key: string;
  readonly alphabet: AlphabetName;
  readonly labels: readonly string[];
  /** What the model read; null where it recognised nothing. */
  readonly read: string | null;
  /** What the page shows: as it was read, or what a person has made of it. */
  readonly shown: string | null;
  readonly confidence: number | null;
  readonly model: string;
  readonly strokes: Strokes | null;
  readonly pixels: readonly number[];
}

interface Seen {
  /** null for a picture. */
  readonly strokes: Strokes | null;
  /** What the model saw of a drawing; a picture's answer brings its own. */
  readonly pixels?: ArrayLike<number>;
}

/** What can be taught about an answer that is one character, or none. */
export function subjectOfAnswer(answer: Answer, { strokes, pixels }: Seen): Subject | undefined {
  return subjectOf(answer, answer.character, answer.character, strokes, answer.pixels ?? Array.from(pixels ?? []));
}

/** What can be taught about a character of a number; `shown` is what a person has made of it, if anything. */
export function subjectOfCharacter({ prediction, label, strokes, pixels }: Character, shown = label): Subject | undefined {
  return subjectOf(prediction, label ?? null, shown ?? null, strokes ?? null, pixels);
}

/** What can be taught about drawn pixels and what the model said of them. */
export function subjectOf(
  { labels, model, confidence }: Prediction,
  read: string | null,
  shown: string | null,
  strokes: Strokes | null,
  pixels: readonly number[],
): Subject | undefined {
  const alphabet = alphabetOf(labels);
  if (alphabet === undefined || model === undefined || !pixels.some((level) => level > 0)) return undefined;
  return {
    key: alphabet + String.fromCharCode(...pixels),
    alphabet,
    labels,
    read,
    shown,
    confidence: read === null ? null : confidence,
    model,
    strokes,
    pixels,
  };
}

/** The lesson that `subject` was meant to be `meant`; null for nothing of the alphabet. */
export function lessonOf(subject: Subject, meant: string | null, collection: string, isChallenge = false): Lesson {
  const { alphabet, read, confidence, model, strokes, pixels } = subject;
  const points = strokes?.reduce((sum, stroke) => sum + stroke.length, 0) ?? 0;
  return {
    id: newUuid(),
    alphabet,
    meant,
    read,
    confidence,
    model,
    kind: isChallenge ? 'challenge' : meant === read ? 'confirmation' : 'correction',
    strokes: strokes && points <= MOST_POINTS ? strokes.map(rounded) : null,
    pixels: pixels.map(Math.round),
    collection,
  };
}
