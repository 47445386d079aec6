/** The columns of a table that hold probabilities: one for each label that any of its rows knows. */

import type { Prediction } from '../api/types';

type Probabilities = Pick<Prediction, 'labels' | 'probabilities'>;

/** The labels of all rows, each once, in the order they come. */
export function labelsIn(rows: readonly Probabilities[]): readonly string[] {
  return [...new Set(rows.flatMap(({ labels }) => labels))];
}

export function probabilityColumns(labels: readonly string[]): string[] {
  return labels.map((label) => `p${label}`);
}

/** A row's probabilities in those columns; empty where it has none. */
export function probabilityFields(labels: readonly string[], row?: Probabilities): (number | string)[] {
  return labels.map((label) => row?.probabilities[row.labels.indexOf(label)] ?? '');
}
