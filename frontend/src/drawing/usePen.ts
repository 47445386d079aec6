import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import { eased, setWidths, widthFor } from '../ink/pressure';
import type { Point, Stroke } from '../ink/strokes';

export interface PenHandlers {
  /** The stroke as it begins; it grows from then on. */
  readonly onDown: (stroke: Stroke, target: EventTarget) => void;
  /** The whole stroke so far; its last `added` points are new. */
  readonly onMove: (stroke: Stroke, added: number) => void;
  readonly onUp: (stroke: Stroke) => void;
  /** What has come down was no pen, and leaves nothing. */
  readonly onCancel?: () => void;
}

interface Held {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly target: EventTarget;
  readonly box: DOMRect;
  readonly points: Point[];
  /** How wide a pen draws each of them. */
  readonly widths?: number[];
  /** How large it lies on the screen, in px. */
  readonly contact: number;
}

const RESTING = 0.06; // of the box: a hand that rests moves less, one that writes soon moves more
const PALM = 2; // times as large as a finger's touch
const LARGE = 100; // px, on a phone 16 mm: no finger touches more at once
const PEN_NEAR = 1_000; // ms after a pen was seen, in which a touch is the hand that holds it

/**
 * Pointer events on an element -> strokes in units of its height. One pointer draws at a time; the
 * stroke goes on outside the element; a cancelled pointer ends the stroke.
 *
 * A palm often lands before what writes. A pen takes over from it at once, and as long as one is near, hovering or
 * just lifted, no touch draws. Of two touches the one that writes is the first to move away from where it landed, and
 * no ink of the other is left. What touches more than a finger can is a palm, and so is what the browser takes away
 * before it has moved.
 *
 * How hard a pen presses, and how far it leans, is kept beside its stroke (`ink/pressure.ts`).
 */
export function usePen(handlers: PenHandlers) {
  const held = useRef<Held | null>(null);
  const rivals = useRef<Held[]>([]); // touches that may turn out to be the finger, and the held one the palm
  const penSeen = useRef(-Infinity); // when
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  const hold = useCallback((pointer: Held) => {
    held.current = pointer;
    rivals.current = [];
    if (pointer.widths) setWidths(pointer.points, pointer.widths);
    latest.current.onDown(pointer.points, pointer.target);
    if (pointer.points.length > 1) latest.current.onMove(pointer.points, pointer.points.length - 1);
  }, []);

  const release = useCallback((pointer: Held) => {
    held.current = null;
    rivals.current = [];
    latest.current.onUp(pointer.points);
  }, []);

  const drop = useCallback(() => {
    held.current = null;
    latest.current.onCancel?.();
  }, []);

  useEffect(() => {
    const rivalOf = ({ pointerId }: globalThis.PointerEvent) =>
      rivals.current.find((rival) => rival.pointerId === pointerId);

    const onMove = (event: globalThis.PointerEvent) => {
      const drawing = held.current;
      if (event.pointerType === 'pen') penSeen.current = event.timeStamp;
      if (drawing && event.pointerId === drawing.pointerId) {
        if (isTouch(drawing) && rests(drawing) && contactOf(event) > LARGE) {
          if (rivals.current.length > 0) hold(rivals.current[0]);
          else drop();
          return;
        }
        const added = extend(drawing, event);
        if (!rests(drawing)) rivals.current = rivals.current.filter((rival) => isPalmBeside(drawing, rival));
        if (added > 0) latest.current.onMove(drawing.points, added);
        return;
      }
      const rival = rivalOf(event);
      if (!rival) return;
      // A move late: where both fingers move, the first one's move may come second.
      const writes = !rests(rival);
      extend(rival, event);
      if (writes) hold(rival);
    };

    const onUp = (event: globalThis.PointerEvent) => {
      const drawing = held.current;
      const rival = rivalOf(event);
      if (event.pointerType === 'pen') penSeen.current = event.timeStamp;
      if (rival && event.type === 'pointercancel') {
        rivals.current = rivals.current.filter((other) => other !== rival);
      } else if (rival) {
        hold(rival); // a tap beside a palm
        release(rival);
      } else if (drawing && event.pointerId === drawing.pointerId) {
        if (rivals.current.length > 0) hold(rivals.current[0]);
        else if (event.type === 'pointercancel' && isTouch(drawing) && rests(drawing)) drop();
        else release(drawing);
      }
    };

    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onUp);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onUp);
    };
  }, [hold, release, drop]);

  const onPointerDown = useCallback(
    ({ button, isPrimary, pointerId, pointerType, target, currentTarget, nativeEvent }: PointerEvent<HTMLElement>) => {
      if (button !== 0 || (!isPrimary && pointerType !== 'touch')) return;
      const box = currentTarget.getBoundingClientRect();
      const contact = contactOf(nativeEvent);
      const isPen = pointerType === 'pen';
      if (isPen) penSeen.current = nativeEvent.timeStamp;
      else if (pointerType === 'touch' && (contact > LARGE || nativeEvent.timeStamp - penSeen.current < PEN_NEAR)) return;
      const points = [pointIn(box, nativeEvent)];
      const landed: Held = {
        pointerId,
        pointerType,
        target,
        box,
        points,
        contact,
        ...(isPen && { widths: [widthFor(nativeEvent)] }),
      };
      const drawing = held.current;
      if (!drawing || (isPen && isTouch(drawing))) hold(landed);
      else if (isTouch(landed) && isTouch(drawing)) {
        if (rests(drawing) || isPalmBeside(drawing, landed)) rivals.current.push(landed);
      }
    },
    [hold],
  );

  return { onPointerDown };
}

/** Whether it is still about where it landed. */
function rests({ points }: Held): boolean {
  const [[fromX, fromY], [toX, toY]] = [points[0], points[points.length - 1]];
  return Math.hypot(toX - fromX, toY - fromY) <= RESTING;
}

function isTouch({ pointerType }: Held): boolean {
  return pointerType === 'touch';
}

function contactOf({ width, height }: globalThis.PointerEvent): number {
  return Math.max(width, height);
}

function isPalmBeside(palm: Held, finger: Held): boolean {
  return palm.contact > PALM * finger.contact;
}

/** Adds what the event tells; returns how many points are new. */
function extend({ box, points, widths }: Held, event: globalThis.PointerEvent): number {
  const before = points.length;
  // Browsers that know no coalesced events, or have none, still have the event itself.
  const coalesced = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
  for (const each of coalesced.length > 0 ? coalesced : [event]) {
    if (addPoint(points, pointIn(box, each))) widths?.push(eased(widths[widths.length - 1], widthFor(each)));
  }
  return points.length - before;
}

function pointIn(box: DOMRect, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  return [(clientX - box.left) / box.height, (clientY - box.top) / box.height];
}

/** Whether it was another one than the last. */
function addPoint(points: Point[], point: Point): boolean {
  const last = points[points.length - 1];
  const isOther = last[0] !== point[0] || last[1] !== point[1];
  if (isOther) points.push(point);
  return isOther;
}
