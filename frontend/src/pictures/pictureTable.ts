/** What was read in picture files as CSV: one file a row. */

import type { Prediction } from '../api/types';
import { asCsv } from '../keeping/csv';

export interface Row {
  readonly name: string;
  readonly prediction?: Pick<Prediction, 'digit' | 'confidence' | 'probabilities' | 'model'>;
  /** Why there is no digit. */
  readonly reason: string;
}

const PROBABILITIES = Array.from({ length: 10 }, (_, digit) => `p${String(digit)}`);
const HEADER = ['file', 'digit', 'confidence', ...PROBABILITIES, 'reason', 'model'];

export function writePictureTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, prediction, reason }) => [
    name,
    prediction?.digit ?? '',
    prediction?.confidence ?? '',
    ...(prediction?.probabilities ?? PROBABILITIES.map(() => '')),
    reason,
    prediction?.model ?? '',
  ]);
  return asCsv([HEADER, ...lines]);
}
