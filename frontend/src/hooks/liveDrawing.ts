/** The drawing while the pen is down, for those few that follow every frame of it. */

import type { Strokes } from '../ink/drawing';

export interface LiveDrawing {
  readonly get: () => Strokes | null;
  readonly set: (strokes: Strokes | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Holds null while the pen is up. Kept outside React's state so that a move renders no whole page. */
export function createLiveDrawing(): LiveDrawing {
  let strokes: Strokes | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => strokes,
    set: (next) => {
      if (next === strokes) return;
      strokes = next;
      listeners.forEach((listener) => { listener(); });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
