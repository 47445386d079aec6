/** The drawing of a room: a document of Yjs, so that all who draw in it end with the same one, whatever comes when. */

import * as Y from 'yjs';
import type { Strokes } from '../ink/drawing';
import { readWidths, setWidths, widthsOf } from '../ink/pressure';
import { bytesOf, strokesOf } from '../ink/strokeBytes';
import { readStrokes } from '../ink/strokeData';
import type { Point, Stroke } from '../ink/strokes';
import { newId } from '../ui/newId';

/** What is on the paper of a room at a moment. */
export interface RoomPaper {
  /** Names the drawing through all its changes, until the paper is empty again. */
  readonly id: string;
  readonly strokes: Strokes;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const OWN = Symbol('of the person at this page');
const BEGUN = Symbol('what the room began with');
const FAR = Symbol('of somebody else');

/**
 * A stroke is an element of the array `strokes`, as bytes: the server of rooms lets nothing else through
 * (`backend/together/updates.py`). `onChange` is handed the changes made at this page, for all others; `id` names the
 * drawing here.
 */
export function createRoomDrawing(onChange: (update: Uint8Array) => void, id = newId()) {
  const doc = new Y.Doc();
  const elements = doc.getArray<Uint8Array>('strokes');
  const undoing = new Y.UndoManager(elements, { captureTimeout: 0, trackedOrigins: new Set([OWN]) });
  const listeners = new Set<() => void>();
  const strokeOfBytes = new WeakMap<Uint8Array, Stroke>();
  const bytesOfStroke = new WeakMap<Stroke, Uint8Array>();
  let paper: RoomPaper = { id, strokes: [], canUndo: false, canRedo: false };

  const strokeOf = (bytes: Uint8Array): Stroke => {
    const known = strokeOfBytes.get(bytes);
    if (known) return known;
    const stroke = strokeIn(bytes);
    strokeOfBytes.set(bytes, stroke);
    bytesOfStroke.set(stroke, bytes);
    return stroke;
  };
  const look = (named = paper.id) => {
    const strokes = elements.toArray().map(strokeOf).filter((stroke) => stroke.length > 0);
    const isSame = strokes.length === paper.strokes.length && strokes.every((stroke, i) => stroke === paper.strokes[i]);
    const isCleared = strokes.length === 0 && paper.strokes.length > 0;
    paper = {
      id: isCleared ? newId() : named,
      strokes: isSame ? paper.strokes : strokes,
      canUndo: undoing.canUndo(),
      canRedo: undoing.canRedo(),
    };
    listeners.forEach((listener) => { listener(); });
  };
  const add = (strokes: Strokes) => {
    elements.push(strokes.map(elementOf));
  };

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== FAR) onChange(update);
  });
  doc.on('afterTransaction', () => { look(); });
  for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
    undoing.on(event, () => { look(); });
  }

  return {
    get: () => paper,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Whether it is one of the strokes on the paper, or was. */
    has: (stroke: Stroke) => bytesOfStroke.has(stroke),
    /** What the room begins with: nobody's to undo. */
    begin: (strokes: Strokes) => {
      doc.transact(() => { add(strokes); }, BEGUN);
    },
    /** What was made of `from`, which the paper held, as one change: what came meanwhile stays. */
    change: (changed: Strokes, from: Strokes, changedId?: string) => {
      const kept = new Set(changed);
      const gone = new Set(from.filter((stroke) => !kept.has(stroke)).map((stroke) => bytesOfStroke.get(stroke)));
      doc.transact(() => {
        elements.toArray().map((bytes, i) => (gone.has(bytes) ? i : -1)).filter((i) => i >= 0).reverse()
          .forEach((i) => { elements.delete(i); });
        add(changed.filter((stroke) => !bytesOfStroke.has(stroke)));
      }, OWN);
      if (changedId !== undefined) look(changedId);
    },
    /** What the person at this page did last, and only that. */
    undo: () => { undoing.undo(); },
    redo: () => { undoing.redo(); },
    /** Somebody else's changes. Throws where one is none. */
    apply: (updates: readonly Uint8Array[]) => {
      doc.transact(() => { updates.forEach((update) => { Y.applyUpdate(doc, update); }); }, FAR);
    },
    /** What somebody lacks whose state vector this is. Throws where it is none. */
    since: (state: Uint8Array) => Y.encodeStateAsUpdate(doc, state),
    destroy: () => { doc.destroy(); },
  };
}

export type RoomDrawing = ReturnType<typeof createRoomDrawing>;

/** A stroke and, where its pen pressed, the widths at its points, as another stroke that goes along. */
function elementOf(stroke: Stroke): Uint8Array {
  const widths = widthsOf(stroke);
  return Uint8Array.from(bytesOf(widths ? [stroke, widths.map((width): Point => [width, 0])] : [stroke]));
}

/** The stroke of an element; an empty one where it holds none: anybody may have sent anything. */
function strokeIn(element: Uint8Array): Stroke {
  const strokes = readStrokes(strokesOf(element)) ?? [];
  const stroke = strokes.at(0) ?? [];
  const widths = readWidths(strokes.at(1)?.map(([width]) => width), stroke.length);
  if (widths) setWidths(stroke, widths);
  return stroke;
}
