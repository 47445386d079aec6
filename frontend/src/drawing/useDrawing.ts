import { useCallback, useEffect, useState } from 'react';
import { change, type Drawing, newDrawing, redo, type Strokes, undo } from '../ink/drawing';
import { readWidths, setWidths, widthsOf } from '../ink/pressure';
import { readStrokes, rounded } from '../ink/strokeData';
import { newId } from '../ui/newId';
import { load, save } from '../ui/storage';

const KEY = 'digits.drawing';

/** The drawing on the canvas: kept through reloads, every change undoable. */
export function useDrawing() {
  const [drawing, setDrawing] = useState(() => load(KEY, readDrawing) ?? newDrawing(newId()));
  const { id, strokes } = drawing;

  useEffect(() => {
    let kept = false;
    const keep = () => {
      if (!kept) save(KEY, { id, strokes: strokes.map(rounded), widths: keptWidths(strokes) });
      kept = true;
    };
    // Later, as storage keeps the page waiting, and the question about the drawing is to be on its way first;
    // but before the page goes.
    const timer = setTimeout(keep);
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [id, strokes]);

  return {
    id,
    strokes,
    isEmpty: strokes.length === 0,
    canUndo: drawing.past.length > 0,
    canRedo: drawing.future.length > 0,
    /** `changedId` names it where it has become another drawing. */
    replace: useCallback((changed: Strokes, changedId?: string) => {
      setDrawing((now) => change(now, changed, changedId));
    }, []),
    open: useCallback((opened: Strokes, openedId = newId()) => {
      setDrawing((now) => change(now, opened, openedId));
    }, []),
    clear: useCallback(() => {
      setDrawing((now) => (now.strokes.length > 0 ? change(now, [], newId()) : now));
    }, []),
    undo: useCallback(() => {
      setDrawing(undo);
    }, []),
    redo: useCallback(() => {
      setDrawing(redo);
    }, []),
  };
}

export type DrawingState = ReturnType<typeof useDrawing>;

/** Of each stroke, null where it is even; undefined where all are. */
function keptWidths(strokes: Strokes) {
  const widths = strokes.map((stroke) => widthsOf(stroke)?.map((width) => Math.round(width * 100) / 100) ?? null);
  return widths.some((of) => of !== null) ? widths : undefined;
}

function readDrawing(value: unknown): Drawing | undefined {
  const { id, strokes, widths } = (value ?? {}) as Record<string, unknown>;
  const read = readStrokes(strokes);
  if (!read || typeof id !== 'string') return undefined;
  if (Array.isArray(widths) && widths.length === read.length) {
    read.forEach((stroke, i) => {
      const of = readWidths(widths[i], stroke.length);
      if (of) setWidths(stroke, of);
    });
  }
  return newDrawing(id, read);
}
