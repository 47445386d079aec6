/** The history as CSV: one drawing a row. */

import { asCsv } from './csv';
import type { Entry } from './historyStore';
import { labelsIn, probabilityColumns, probabilityFields } from './probabilityColumns';

export function writeHistoryTable(entries: readonly Entry[]): string {
  const labels = labelsIn(entries);
  const header = ['time', 'digit', 'confidence', ...probabilityColumns(labels), 'milliseconds', 'strokes', 'model', 'character'];
  const lines = entries.map((entry) => [
    entry.when,
    entry.digit ?? '',
    entry.confidence,
    ...probabilityFields(labels, entry),
    Math.round(entry.milliseconds),
    entry.strokes.length,
    entry.model ?? '',
    entry.character ?? '',
  ]);
  return asCsv([header, ...lines]);
}
