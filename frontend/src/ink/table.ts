/** Tables as CSV (RFC 4180): one drawing a row, or one picture file. */

export interface Row {
  readonly when: string;
  readonly digit: number | null;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly milliseconds: number;
  readonly strokes: readonly unknown[];
  readonly model?: string;
}

export interface FileRow {
  readonly name: string;
  readonly prediction?: Pick<Row, 'digit' | 'confidence' | 'probabilities' | 'model'>;
  /** Why there is no digit. */
  readonly reason: string;
}

const PROBABILITIES = Array.from({ length: 10 }, (_, digit) => `p${String(digit)}`);
const HEADER = ['time', 'digit', 'confidence', ...PROBABILITIES, 'milliseconds', 'strokes', 'model'];
const FILE_HEADER = ['file', 'digit', 'confidence', ...PROBABILITIES, 'reason', 'model'];

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

export function writeFileTable(rows: readonly FileRow[]): string {
  const lines = rows.map(({ name, prediction, reason }) => [
    name,
    prediction?.digit ?? '',
    prediction?.confidence ?? '',
    ...(prediction?.probabilities ?? PROBABILITIES.map(() => '')),
    reason,
    prediction?.model ?? '',
  ]);
  return asCsv([FILE_HEADER, ...lines]);
}

function asCsv(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((line) => line.map(field).join(',') + '\r\n').join('');
}

function field(value: string | number): string {
  const text = typeof value === 'string' ? harmless(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet would run a text that begins like this as a formula, and a file may be named so. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
