/** Strokes as plain data: what is stored, and what is believed of it when it comes back. */

import type { Point, Stroke } from './strokes';

const MOST_POINTS = 200_000;

/** Strokes from untrusted data, or undefined where it holds anything else. */
export function readStrokes(value: unknown): Stroke[] | undefined {
  if (!Array.isArray(value) || !value.every((stroke) => Array.isArray(stroke))) return undefined;
  const points = value.flat() as unknown[];
  if (points.length > MOST_POINTS || !points.every(isPoint)) return undefined;
  return (value as Stroke[]).filter((stroke) => stroke.length > 0);
}

/** Strokes in steps of 1/10,000 of the box: much finer than a screen, and short to store. */
export function rounded(stroke: Stroke): Stroke {
  return stroke.map(([x, y]) => [round(x), round(y)] as const);
}

function round(coordinate: number): number {
  return Math.round(coordinate * 1e4) / 1e4;
}

function isPoint(value: unknown): value is Point {
  const isCoordinate = (n: unknown) => typeof n === 'number' && Math.abs(n) <= 100;
  return Array.isArray(value) && value.length === 2 && value.every(isCoordinate);
}
