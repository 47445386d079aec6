/** CSV as RFC 4180 has it, with no text that a spreadsheet would run. */

export function asCsv(lines: readonly (readonly (string | number)[])[]): string {
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
