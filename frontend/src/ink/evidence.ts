/** Evidence: where on the 28x28 image it lies that something speaks for a digit or against it. */

import { SIDE } from './framing';

/** 784 values of -1..1, row-major. */
export type Evidence = readonly number[];

const SLIGHT = 0.05; // of the other side's weight; less is not worth a word
const MOST = 0.45; // of a side's weight, in one ninth of the image
const MUCH = 0.55; // of a side's weight, in one third
const EDGES = [0, 11, 17, SIDE]; // px; the thirds of what the ink fills, not of its margin

const PLACES = [
  ['in the upper left', 'at the top', 'in the upper right'],
  ['on the left', 'in the middle', 'on the right'],
  ['in the lower left', 'at the bottom', 'in the lower right'],
] as const;
const ROWS = ['across the top', 'across the middle', 'across the bottom'] as const;
const COLUMNS = ['down the left', 'down the middle', 'down the right'] as const;

/** Where the positive or the negative values lie, in words; undefined where there are hardly any. */
export function placeOf(evidence: Evidence, side: 'for' | 'against'): string | undefined {
  const sign = side === 'for' ? 1 : -1;
  const ninths = PLACES.map((places, row) => places.map((_, column) => weightIn(evidence, sign, row, column)));
  const total = sum(ninths.flat());
  const other = sum(evidence.map((value) => Math.max(0, -sign * value)));
  if (total === 0 || total < SLIGHT * other) return undefined;
  const share = (weight: number) => weight / total;

  const row = indexOfMost(ninths.map(sum));
  const column = indexOfMost(COLUMNS.map((_, i) => sum(ninths.map((weights) => weights[i]))));
  const ninth = indexOfMost(ninths.flat());
  if (share(ninths.flat()[ninth]) >= MOST) return `mostly ${PLACES[Math.floor(ninth / 3)][ninth % 3]}`;
  if (share(sum(ninths[row])) >= MUCH) return `mostly ${ROWS[row]}`;
  if (share(sum(ninths.map((weights) => weights[column]))) >= MUCH) return `mostly ${COLUMNS[column]}`;
  return 'all over it';
}

function weightIn(evidence: Evidence, sign: number, row: number, column: number): number {
  let weight = 0;
  for (let y = EDGES[row]; y < EDGES[row + 1]; y++) {
    for (let x = EDGES[column]; x < EDGES[column + 1]; x++) weight += Math.max(0, sign * evidence[y * SIDE + x]);
  }
  return weight;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function indexOfMost(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
