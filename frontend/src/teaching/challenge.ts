/** The challenge: what a person is asked to draw, and what comes of it. */

import type { Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';

/** A drawing of a label that was asked for. */
export interface Attempt {
  readonly asked: string;
  readonly strokes: Strokes;
}

/** An attempt, and what was read; null where nothing was recognised. */
export interface Outcome extends Attempt {
  readonly read: string | null;
  /** What the model gave the label that was asked for: 0..1. */
  readonly probability: number;
}

/** A label that is hard to read in this hand. */
export interface Hard {
  readonly label: string;
  /** Those that were read as something else, or as nothing. */
  readonly misread: readonly Outcome[];
  /** The mean of `probability` over all of its attempts. */
  readonly probability: number;
}

export interface Result {
  readonly outcomes: readonly Outcome[];
  readonly right: number;
  /** The share that was read right, and its 95% interval. */
  readonly share: number;
  readonly interval: readonly [number, number];
  /** How often what was asked for (rows) was read as what (columns, of which the last is nothing). */
  readonly confusion: readonly (readonly number[])[];
  /** The hardest first. */
  readonly hard: readonly Hard[];
}

const UNSURE = 0.8; // a label that gets less than this of its own drawings is hard, even where all were read right
const Z = 1.96; // of a normal distribution, 95% lie within so many standard deviations

/** All labels, each round in another order: digits that follow each other are written as a row is. */
export function promptsOf(labels: readonly string[], rounds: number, random: () => number = Math.random): string[] {
  return Array.from({ length: rounds }, () => shuffled(labels, random)).flat();
}

/** What came of the attempts; `predictions` has one for each. */
export function resultOf(labels: readonly string[], attempts: readonly Attempt[], predictions: readonly Prediction[]): Result {
  const outcomes = attempts.map((attempt, i): Outcome => {
    const { character, probabilities } = predictions[i];
    return { ...attempt, read: character, probability: probabilities[labels.indexOf(attempt.asked)] };
  });
  const right = outcomes.filter(isRight).length;
  const confusion = labels.map((asked) => {
    const read = outcomes.filter((outcome) => outcome.asked === asked).map((outcome) => outcome.read);
    return [...labels, null].map((label) => read.filter((each) => each === label).length);
  });
  return {
    outcomes,
    right,
    share: outcomes.length > 0 ? right / outcomes.length : 0,
    interval: intervalOf(right, outcomes.length),
    confusion,
    hard: hardIn(labels, outcomes),
  };
}

export function isRight({ asked, read }: Outcome): boolean {
  return asked === read;
}

/** Wilson's 95% interval of a share of which `right` of `count` were seen; of nothing all is possible. */
export function intervalOf(right: number, count: number): [number, number] {
  if (count === 0) return [0, 1];
  const share = right / count;
  const middle = (share + (Z * Z) / (2 * count)) / (1 + (Z * Z) / count);
  const half = (Z / (1 + (Z * Z) / count)) * Math.sqrt((share * (1 - share)) / count + (Z * Z) / (4 * count * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

function hardIn(labels: readonly string[], outcomes: readonly Outcome[]): Hard[] {
  return labels
    .flatMap((label) => {
      const own = outcomes.filter(({ asked }) => asked === label);
      if (own.length === 0) return [];
      const probability = own.reduce((sum, outcome) => sum + outcome.probability, 0) / own.length;
      return [{ label, misread: own.filter((outcome) => !isRight(outcome)), probability }];
    })
    .filter(({ misread, probability }) => misread.length > 0 || probability < UNSURE)
    .sort((a, b) => b.misread.length - a.misread.length || a.probability - b.probability);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}
