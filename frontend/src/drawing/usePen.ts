import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import type { Point, Stroke } from '../ink/strokes';

export interface PenHandlers {
  readonly onDown: (point: Point) => void;
  /** The whole stroke so far; its last `added` points are new. */
  readonly onMove: (stroke: Stroke, added: number) => void;
  readonly onUp: (stroke: Stroke) => void;
}

interface Held {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly box: DOMRect;
  readonly points: Point[];
}

/**
 * Pointer events on a square element -> strokes in units of that square. One pointer draws at a time,
 * so a palm or a second finger doesn't; the stroke goes on outside the element; a cancelled pointer
 * ends the stroke.
 */
export function usePen(handlers: PenHandlers) {
  const held = useRef<Held | null>(null);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  const isDrawing = useCallback(() => held.current !== null, []);

  useEffect(() => {
    const onMove = (event: globalThis.PointerEvent) => {
      if (event.pointerId !== held.current?.pointerId) return;
      const { box, points } = held.current;
      const before = points.length;
      // Browsers that know no coalesced events, or have none, still have the event itself.
      const coalesced = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
      for (const each of coalesced.length > 0 ? coalesced : [event]) addPoint(points, pointIn(box, each));
      if (points.length > before) latest.current.onMove(points, points.length - before);
    };
    const onUp = (event: globalThis.PointerEvent) => {
      if (event.pointerId !== held.current?.pointerId) return;
      const { points } = held.current;
      held.current = null;
      latest.current.onUp(points);
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onUp);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onUp);
    };
  }, []);

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    // A palm often lands before the pen does: the pen takes over.
    const takesOver = event.pointerType === 'pen' && held.current?.pointerType === 'touch';
    if (held.current && !takesOver) return;
    const box = event.currentTarget.getBoundingClientRect();
    const point = pointIn(box, event.nativeEvent);
    held.current = { pointerId: event.pointerId, pointerType: event.pointerType, box, points: [point] };
    latest.current.onDown(point);
  }, []);

  return { onPointerDown, isDrawing };
}

function pointIn(box: DOMRect, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
}

function addPoint(points: Point[], point: Point): void {
  const last = points[points.length - 1];
  if (last[0] !== point[0] || last[1] !== point[1]) points.push(point);
}
