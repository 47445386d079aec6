/** What was read in picture files as CSV: one file a row. */

import { asCsv } from '../keeping/csv';
import { type Read, textOf } from '../reading/reading';
import { labelsIn, probabilityColumns, probabilityFields } from '../keeping/probabilityColumns';

export interface PictureRow {
  readonly name: string;
  readonly prediction?: Read;
  /** Why nothing is read. */
  readonly reason: string;
}

export function writePictureTable(rows: readonly PictureRow[]): string {
  const labels = labelsIn(rows.flatMap(({ prediction }) => prediction ?? []));
  const header = ['file', 'digit', 'confidence', ...probabilityColumns(labels), 'reason', 'model', 'character', 'text'];
  const lines = rows.map(({ name, prediction, reason }) => [
    name,
    prediction?.digit ?? '',
    prediction?.confidence ?? '',
    ...probabilityFields(labels, prediction),
    reason,
    prediction?.model ?? '',
    prediction?.character ?? '',
    prediction ? textOf(prediction) : '',
  ]);
  return asCsv([header, ...lines]);
}
