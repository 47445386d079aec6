/** The drawing file: strokes, and the answer they got, as JSON that can be opened again. */

import { readStrokes, rounded } from '../ink/strokeData';
import type { Stroke } from '../ink/strokes';
import type { Read } from '../reading/reading';

const KIND = 'handwritten-digit';

export function writeDocument(strokes: readonly Stroke[], answer?: Read): string {
  return JSON.stringify({ kind: KIND, version: 1, strokes: strokes.map(rounded), answer }, null, 1);
}

/** The strokes of a drawing file. Throws an Error with a sentence for the person who opened it. */
export function readDocument(text: string): Stroke[] {
  const content = parse(text);
  const strokes = readStrokes(content?.kind === KIND ? content.strokes : undefined);
  if (!strokes) throw new Error('This file holds no drawing that was saved here.');
  if (strokes.length === 0) throw new Error('The drawing in this file is empty.');
  return strokes;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Record<string, unknown> | undefined;
  } catch {
    return undefined;
  }
}
