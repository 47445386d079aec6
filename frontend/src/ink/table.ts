/** The table of a session: one drawing a row, as CSV (RFC 4180). */

export interface Row {
  readonly when: string;
  readonly digit: number | null;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly milliseconds: number;
  readonly strokes: readonly unknown[];
  readonly model?: string;
}

const HEADER = [
  'time',
  'digit',
  'confidence',
  ...Array.from({ length: 10 }, (_, digit) => `p${String(digit)}`),
  'milliseconds',
  'strokes',
  'model',
];

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
  return [HEADER, ...lines].map((line) => line.map(field).join(',') + '\r\n').join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
