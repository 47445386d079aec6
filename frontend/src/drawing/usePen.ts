import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import type { Point, Stroke } from '../ink/strokes';

export interface PenHandlers {
  readonly onDown: (point: Point, target: EventTarget) => void;
  /** The whole stroke so far; its last `added` points are new. */
  readonly onMove: (stroke: Stroke, added: number) => void;
  readonly onUp: (stroke: Stroke) => void;
}

interface Held {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly target: EventTarget;
  readonly box: DOMRect;
  readonly points: Point[];
  /** How large it lies on the screen, in px. */
  readonly contact: number;
}

const RESTING = 0.06; // of the box: a hand that rests moves less, one that writes soon moves more
const PALM = 2; // times as large as a finger's touch

/**
 * Pointer events on an element -> strokes in units of its height. One pointer draws at a time; the
 * stroke goes on outside the element; a cancelled pointer ends the stroke.
 *
 * A palm often lands before what writes. A pen takes over from it at once. Of two touches the one that
 * writes is the first to move away from where it landed, and no ink of the other is left.
 */
export function usePen(handlers: PenHandlers) {
  const held = useRef<Held | null>(null);
  const rivals = useRef<Held[]>([]); // touches that may turn out to be the finger, and the held one the palm
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  const hold = useCallback((pointer: Held) => {
    held.current = pointer;
    rivals.current = [];
    latest.current.onDown(pointer.points[0], pointer.target);
    if (pointer.points.length > 1) latest.current.onMove(pointer.points, pointer.points.length - 1);
  }, []);

  const release = useCallback((pointer: Held) => {
    held.current = null;
    rivals.current = [];
    latest.current.onUp(pointer.points);
  }, []);

  useEffect(() => {
    const rivalOf = ({ pointerId }: globalThis.PointerEvent) =>
      rivals.current.find((rival) => rival.pointerId === pointerId);

    const onMove = (event: globalThis.PointerEvent) => {
      const drawing = held.current;
      if (drawing && event.pointerId === drawing.pointerId) {
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
      if (rival && event.type === 'pointercancel') {
        rivals.current = rivals.current.filter((other) => other !== rival);
      } else if (rival) {
        hold(rival); // a tap beside a palm
        release(rival);
      } else if (drawing && event.pointerId === drawing.pointerId) {
        if (rivals.current.length > 0) hold(rivals.current[0]);
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
  }, [hold, release]);

  const onPointerDown = useCallback(
    ({ button, isPrimary, pointerId, pointerType, target, currentTarget, nativeEvent }: PointerEvent<HTMLElement>) => {
      if (button !== 0 || (!isPrimary && pointerType !== 'touch')) return;
      const box = currentTarget.getBoundingClientRect();
      const contact = Math.max(nativeEvent.width, nativeEvent.height);
      const landed: Held = { pointerId, pointerType, target, box, points: [pointIn(box, nativeEvent)], contact };
      const drawing = held.current;
      if (!drawing || (pointerType === 'pen' && drawing.pointerType === 'touch')) hold(landed);
      else if (pointerType === 'touch' && drawing.pointerType === 'touch') {
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

function isPalmBeside(palm: Held, finger: Held): boolean {
  return palm.contact > PALM * finger.contact;
}

/** Adds what the event tells; returns how many points are new. */
function extend({ box, points }: Held, event: globalThis.PointerEvent): number {
  const before = points.length;
  // Browsers that know no coalesced events, or have none, still have the event itself.
  const coalesced = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
  for (const each of coalesced.length > 0 ? coalesced : [event]) addPoint(points, pointIn(box, each));
  return points.length - before;
}

function pointIn(box: DOMRect, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  return [(clientX - box.left) / box.height, (clientY - box.top) / box.height];
}

function addPoint(points: Point[], point: Point): void {
  const last = points[points.length - 1];
  if (last[0] !== point[0] || last[1] !== point[1]) points.push(point);
}
