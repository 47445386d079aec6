/** The history as CSV: one drawing a row. */

import { asCsv } from './csv';

export interface Row {
  readonly when: string;
  readonly digit: number | null;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly milliseconds: number;
  readonly strokes: readonly unknown[];
  readonly model?: string;
}

const PROBABILITIES = Array.from({ length: 10 }, (_, digit) => `p${String(digit)}`);
const HEADER = ['time', 'digit', 'confidence', ...PROBABILITIES, 'milliseconds', 'strokes', 'model'];

export function writeTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.when,
    row.digit ?? '',
    row.confidence,
    ...row.probabilities,
    Math.round(row.milliseconds),
    row.strokes.length,
    row.model ?? '',
  ]);
  return asCsv([HEADER, ...lines]);
}
