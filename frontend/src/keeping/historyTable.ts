/** The history as CSV: one drawing a row. */

import { textOf } from '../reading/reading';
import { asCsv } from './csv';
import type { Entry } from './historyStore';
import { labelsIn, probabilityColumns, probabilityFields } from './probabilityColumns';

export function writeHistoryTable(entries: readonly Entry[]): string {
  const labels = labelsIn(entries);
  const header = ['time', 'digit', 'confidence', ...probabilityColumns(labels), 'milliseconds', 'strokes', 'model', 'character', 'text'];
  const lines = entries.map((entry) => [
    entry.when,
    entry.digit ?? '',
    entry.confidence,
    ...probabilityFields(labels, entry),
    Math.round(entry.milliseconds),
    entry.strokes.length,
    entry.model ?? '',
    entry.character ?? '',
    textOf(entry),
  ]);
  return asCsv([header, ...lines]);
}
