import { useRef } from 'react';
import type { Strokes } from '../ink/drawing';
import { eraseAlong } from '../ink/erasing';
import type { Point } from '../ink/strokes';
import type { LiveDrawing } from './liveDrawing';
import { usePaper } from './usePaper';
import { usePen } from './usePen';

const ERASER_RADIUS = 0.025; // of the box

interface Props {
  readonly strokes: Strokes;
  readonly penWidth: number;
  readonly erasing: boolean;
  readonly live: LiveDrawing;
  readonly onChange: (strokes: Strokes) => void;
}

/** The paper: draws while the pen is down, hands over the changed drawing when it lifts. */
export function DrawingCanvas({ strokes, penWidth, erasing, live, onChange }: Props) {
  const { ref, repaint, extend } = usePaper(strokes, penWidth);
  const left = useRef<Strokes>(strokes); // what the eraser has left so far

  const erase = (from: Point, to: Point) => {
    left.current = eraseAlong(left.current, from, to, ERASER_RADIUS);
    repaint(left.current);
    live.set(left.current);
  };

  const { onPointerDown } = usePen({
    onDown: (point) => {
      left.current = strokes;
      repaint(strokes); // a pen that takes over from a palm leaves none of the palm's ink
      if (erasing) erase(point, point);
      else extend([point], 1);
    },
    onMove: (stroke, added) => {
      if (erasing) {
        for (let i = stroke.length - added; i < stroke.length; i++) erase(stroke[i - 1], stroke[i]);
        return;
      }
      extend(stroke, added);
      live.set([...strokes, [...stroke]]);
    },
    onUp: (stroke) => {
      live.set(null);
      onChange(erasing ? left.current : [...strokes, stroke]);
    },
  });

  return (
    <canvas
      ref={ref}
      className={erasing ? 'paper-ink erasing' : 'paper-ink'}
      data-testid="drawing-canvas"
      role="img"
      aria-label={describe(strokes)}
      aria-describedby="keyboard-way"
      onPointerDown={onPointerDown}
    />
  );
}

function describe(strokes: Strokes): string {
  if (strokes.length === 0) return 'Drawing, empty';
  return `Drawing of ${String(strokes.length)} ${strokes.length === 1 ? 'stroke' : 'strokes'}`;
}
