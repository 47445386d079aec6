import { type ReactNode, useCallback, useRef } from 'react';
import type { Strokes } from '../ink/drawing';
import { eraseAlong } from '../ink/erasing';
import { boundsOf, type Point, type Stroke } from '../ink/strokes';
import type { LiveDrawing } from './liveDrawing';
import { usePaper } from './usePaper';
import { usePen } from './usePen';

const ERASER_RADIUS = 0.025; // of the box
const TAP = 0.03; // of the box, that a finger may move on a button without writing

interface Props {
  readonly strokes: Strokes;
  readonly penWidth: number;
  readonly erasing: boolean;
  readonly live: LiveDrawing;
  /** The id of the words that say how else to draw. */
  readonly describedBy?: string;
  readonly testId?: string;
  readonly onChange: (strokes: Strokes) => void;
  /** What is marked on it. Its buttons can be tapped, and written over. */
  readonly children?: ReactNode;
}

/** The paper: draws while the pen is down, hands over the changed drawing when it lifts. */
export function DrawingCanvas({
  strokes,
  penWidth,
  erasing,
  live,
  describedBy,
  testId = 'drawing-canvas',
  onChange,
  children,
}: Props) {
  const written = useRef<Stroke | null>(null); // while the pen is down, and so
  const erased = useRef<ReadonlySet<Stroke>>(new Set());
  const underway = useCallback((drawn: Strokes): Strokes => {
    const left = erased.current.size > 0 ? drawn.filter((stroke) => !erased.current.has(stroke)) : drawn;
    return written.current ? [...left, written.current] : left;
  }, []);
  const { ref, repaint, extend } = usePaper(strokes, penWidth, underway);
  const isPressing = useRef(false); // a button, and not writing so far

  const erase = (from: Point, to: Point) => {
    const left = underway(strokes);
    const kept = new Set(eraseAlong(left, from, to, ERASER_RADIUS));
    erased.current = new Set([...erased.current, ...left.filter((stroke) => !kept.has(stroke))]);
    repaint(underway(strokes));
    live.set(underway(strokes));
  };

  const { onPointerDown } = usePen({
    onDown: (stroke, target) => {
      written.current = null;
      erased.current = new Set();
      repaint(strokes); // a pen that takes over from a palm leaves none of the palm's ink
      isPressing.current = target instanceof Element && target.closest('button') !== null;
      if (isPressing.current) return;
      if (erasing) erase(stroke[0], stroke[0]);
      else {
        written.current = stroke;
        extend(stroke, 1);
      }
    },
    onMove: (stroke, latest) => {
      if (isPressing.current && isTap(stroke)) return;
      const added = isPressing.current ? stroke.length - 1 : latest; // it hasn't written yet
      isPressing.current = false;
      if (erasing) {
        for (let i = stroke.length - added; i < stroke.length; i++) erase(stroke[i - 1], stroke[i]);
        return;
      }
      written.current = stroke;
      extend(stroke, added);
      live.set([...strokes, [...stroke]]);
    },
    onUp: (stroke) => {
      if (isPressing.current) return;
      live.set(null);
      written.current = erasing ? null : stroke;
      const changed = underway(strokes);
      written.current = null;
      erased.current = new Set();
      onChange(changed);
    },
    onCancel: () => {
      live.set(null);
      written.current = null;
      erased.current = new Set();
      repaint(strokes);
    },
  });

  return (
    <div className={erasing ? 'paper-ink erasing' : 'paper-ink'} onPointerDown={onPointerDown}>
      <canvas
        ref={ref}
        data-testid={testId}
        role="img"
        aria-label={describe(strokes)}
        aria-describedby={describedBy}
      />
      {children}
    </div>
  );
}

/** Whether so little was written that it was none. */
function isTap(stroke: Stroke): boolean {
  const { left, top, right, bottom } = boundsOf([stroke]);
  return Math.max(right - left, bottom - top) <= TAP;
}

function describe(strokes: Strokes): string {
  if (strokes.length === 0) return 'Drawing, empty';
  return `Drawing of ${String(strokes.length)} ${strokes.length === 1 ? 'stroke' : 'strokes'}`;
}
