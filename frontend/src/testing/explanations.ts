/** Explanations as the server gives them. */

import type { Explanation, Layer } from '../api/types';
import { SIDE } from '../ink/framing';
import { predictionOf } from './answers';

const BLACK = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVQI12NgAAAAAgAB4iG8MwAAAABJRU5ErkJggg==';

/** 784 values: `value` within the given rows and columns, 0 elsewhere. */
export function patch(value: number, rows: readonly [number, number], columns: readonly [number, number]): number[] {
  const isWithin = (i: number, [first, last]: readonly [number, number]) => i >= first && i <= last;
  return Array.from({ length: SIDE * SIDE }, (_, i) =>
    isWithin(Math.floor(i / SIDE), rows) && isWithin(i % SIDE, columns) ? value : 0,
  );
}

export const LAYERS: readonly Layer[] = [
  { name: 'block1', title: 'Strokes', description: 'Finds strokes.', shape: [14, 14, 2], columns: 2, rows: 1, image: BLACK },
  { name: 'head', title: 'The digit', description: 'Weighs it all.', shape: [6], columns: 3, rows: 2, image: BLACK },
];

/** A `guess` spoken for by the upper left, with the runner-up `runnerUp`, which needs ink at the bottom. */
export function explanationOf(guess: number, runnerUp: number): Explanation {
  return {
    ...predictionOf(guess, 0.9),
    pixels: Array<number>(SIDE * SIDE).fill(0),
    guess,
    runner_up: runnerUp,
    saliency: patch(0.8, [5, 9], [5, 9]),
    counter_evidence: patch(0.5, [19, 23], [12, 15]),
    layers: [...LAYERS],
  };
}
