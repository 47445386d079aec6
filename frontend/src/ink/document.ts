/** The drawing file: strokes, and the answer they got, as JSON that can be opened again. */

import type { Point, Stroke } from './strokes';

const KIND = 'handwritten-digit';
const MOST_POINTS = 200_000;

export interface Answer {
  readonly digit: number | null;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly model?: string;
}

export function writeDocument(strokes: readonly Stroke[], answer?: Answer): string {
  return JSON.stringify({ kind: KIND, version: 1, strokes: strokes.map(rounded), answer }, null, 1);
}

/** The strokes of a drawing file. Throws an Error with a sentence for the person who opened it. */
export function readDocument(text: string): Stroke[] {
  const content = parse(text);
  const strokes = readStrokes(content?.kind === KIND ? content.strokes : undefined);
  if (!strokes) throw new Error('This file holds no drawing that was saved here.');
  if (strokes.length === 0) throw new Error('The drawing in this file is empty.');
  return strokes;
}

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

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Record<string, unknown> | undefined;
  } catch {
    return undefined;
  }
}

function isPoint(value: unknown): value is Point {
  const isCoordinate = (n: unknown) => typeof n === 'number' && Math.abs(n) <= 100;
  return Array.isArray(value) && value.length === 2 && value.every(isCoordinate);
}
