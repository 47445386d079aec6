/** What was read in picture files as CSV: one file a row. */

import type { Prediction } from '../api/types';
import { asCsv } from '../keeping/csv';
import { labelsIn, probabilityColumns, probabilityFields } from '../keeping/probabilityColumns';

export interface PictureRow {
  readonly name: string;
  readonly prediction?: Prediction;
  /** Why nothing is read. */
  readonly reason: string;
}

export function writePictureTable(rows: readonly PictureRow[]): string {
  const labels = labelsIn(rows.flatMap(({ prediction }) => prediction ?? []));
  const header = ['file', 'digit', 'confidence', ...probabilityColumns(labels), 'reason', 'model', 'character'];
  const lines = rows.map(({ name, prediction, reason }) => [
    name,
    prediction?.digit ?? '',
    prediction?.confidence ?? '',
    ...probabilityFields(labels, prediction),
    reason,
    prediction?.model ?? '',
    prediction?.character ?? '',
  ]);
  return asCsv([header, ...lines]);
}
