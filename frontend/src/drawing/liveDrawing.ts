/** The drawing while the pen is down, for those few that follow every frame of it. */

import type { Strokes } from '../ink/drawing';

export interface LiveDrawing {
  readonly get: () => Strokes | null;
  readonly set: (strokes: Strokes | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Holds null while the pen is up. Kept outside React's state so that a move renders no whole page, and
 * told at most once a frame, however many points a fast pen sends.
 */
export function createLiveDrawing(): LiveDrawing {
  let latest: Strokes | null = null;
  let told: Strokes | null = null;
  let frame = 0;
  const listeners = new Set<() => void>();
  const tell = () => {
    told = latest;
    listeners.forEach((listener) => {
      listener();
    });
  };
  return {
    get: () => told,
    set: (strokes) => {
      latest = strokes;
      cancelAnimationFrame(frame);
      if (strokes) frame = requestAnimationFrame(tell);
      else if (told) tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
