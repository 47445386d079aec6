/** A drawing with its past and future: every change can be undone, and undone changes redone. */

import type { Stroke } from './strokes';

export type Strokes = readonly Stroke[];

export interface Drawing {
  /** Names the drawing through all its changes, until it is cleared or another one is opened. */
  readonly id: string;
  readonly strokes: Strokes;
  readonly past: readonly Version[];
  readonly future: readonly Version[];
}

interface Version {
  readonly id: string;
  readonly strokes: Strokes;
}

const LONGEST_PAST = 100;

export const WIDE_SHEET = 2; // heights

/** The width of the sheet that shows a drawing, in heights: 1, or more where a stroke begins beyond that. */
export function sheetWidth(strokes: Strokes): number {
  return strokes.some((stroke) => stroke.length > 0 && stroke[0][0] > 1) ? WIDE_SHEET : 1;
}

export function newDrawing(id: string, strokes: Strokes = []): Drawing {
  return { id, strokes, past: [], future: [] };
}

/** The drawing with other strokes, and with another `id` where it became another drawing. */
export function change(drawing: Drawing, strokes: Strokes, id = drawing.id): Drawing {
  if (strokes === drawing.strokes) return drawing;
  const past = [...drawing.past, version(drawing)].slice(-LONGEST_PAST);
  return { id, strokes, past, future: [] };
}

export function undo(drawing: Drawing): Drawing {
  const previous = drawing.past.at(-1);
  if (!previous) return drawing;
  return {
    ...previous,
    past: drawing.past.slice(0, -1),
    future: [version(drawing), ...drawing.future],
  };
}

export function redo(drawing: Drawing): Drawing {
  const next = drawing.future.at(0);
  if (!next) return drawing;
  return { ...next, past: [...drawing.past, version(drawing)], future: drawing.future.slice(1) };
}

function version({ id, strokes }: Drawing): Version {
  return { id, strokes };
}
