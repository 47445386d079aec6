/** Tells the others where one's own pen is, while it draws and while it hovers. */

import type { Strokes } from '../ink/drawing';
import type { Point, Stroke } from '../ink/strokes';
import type { Pen } from './messages';

const PACE = 16; // ms between two messages: a screen shows no more, and a server takes no more

/** `send` is called at most once a `PACE`; `isKnown` says of a stroke that the drawing holds it already. */
export function createPen(send: (pen: Pen) => void, isKnown: (stroke: Stroke) => boolean) {
  let at: Pen['at'] = null;
  let stroke: Stroke = [];
  let told = 0; // of its points
  let isNew = false; // and nobody knows that it begins
  let last = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    clearTimeout(waiting);
    waiting = undefined;
    last = performance.now();
    send({ at, ink: stroke.slice(told), begins: isNew });
    told = stroke.length;
    isNew = false;
  };
  const soon = () => {
    const left = PACE - (performance.now() - last);
    if (left <= 0) tell();
    else waiting ??= setTimeout(tell, left);
  };

  /** The stroke has ended: it is a part of the drawing, and was sent as such, or it was none. */
  const lift = () => {
    if (stroke.length === 0) return;
    stroke = [];
    told = 0;
    isNew = true;
    tell();
  };

  return {
    /** The drawing while the pen is down, whose last stroke grows, or null. */
    draw: (strokes: Strokes | null) => {
      if (!strokes) setTimeout(lift); // a stroke that was none, or one that has become a part of the drawing by then
      const growing = strokes?.at(-1);
      if (!growing || isKnown(growing)) return;
      if (told === 0 || growing[0] !== stroke.at(0)) {
        told = 0;
        isNew = true;
      }
      stroke = growing;
      at = growing[growing.length - 1];
      soon();
    },
    lift,
    hover: (point: Point | null) => {
      if (stroke.length > 0) return;
      at = point;
      soon();
    },
    stop: () => { clearTimeout(waiting); },
  };
}
