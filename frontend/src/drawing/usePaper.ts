import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Strokes } from '../ink/drawing';
import { widthsOf } from '../ink/pressure';
import type { Point, Stroke } from '../ink/strokes';
import { paintPieces, paintStrokes } from '../ui/paintStrokes';

/**
 * The canvas as paper: repainted whole when the drawing changes, and only by what is new while a
 * stroke grows, so that a long stroke costs no more a frame than a short one. `underway` makes of the drawing what
 * the pen has made of it so far: a drawing may change, or its size, while the pen is down.
 */
export function usePaper(strokes: Strokes, penWidth: number, underway: (strokes: Strokes) => Strokes) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ink = useRef(''); // asking for a style has all styles worked out, so only when it may have changed

  const repaint = useCallback(
    (shown: Strokes) => {
      const canvas = ref.current;
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return;
      context.clearRect(0, 0, canvas.width, canvas.height);
      paintStrokes(context, shown, canvas.height, penWidth, ink.current);
    },
    [penWidth],
  );

  const extend = useCallback(
    (stroke: Stroke, added: number) => {
      const canvas = ref.current;
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return;
      context.lineCap = context.lineJoin = 'round';
      context.strokeStyle = ink.current;
      const widths = widthsOf(stroke);
      if (widths) {
        // The last piece waits, but that of a dot, as what it bends to is still to come.
        const end = Math.max(1, stroke.length - 1);
        paintPieces(context, stroke, widths, canvas.height, penWidth, Math.max(0, stroke.length - added - 1), end);
        return;
      }
      context.lineWidth = penWidth * canvas.height;
      context.beginPath();
      traceTail(context, stroke, added, canvas.height);
      context.stroke();
    },
    [penWidth],
  );

  useEffect(() => {
    // A finger that lifts while it moves would start a fling, and a fling swallows the next tap.
    const keepTouch = (event: TouchEvent) => { event.preventDefault(); };
    const canvas = ref.current;
    canvas?.addEventListener('touchstart', keepTouch, { passive: false });
    return () => canvas?.removeEventListener('touchstart', keepTouch);
  }, []);

  const latest = useRef(() => {});
  const isFitted = useRef(false); // until then there is nothing to paint on
  useLayoutEffect(() => {
    latest.current = () => {
      repaint(underway(strokes));
    };
    if (isFitted.current) latest.current();
  }, [repaint, strokes, underway]);

  useLayoutEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const fit = () => {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
        Math.round(side * window.devicePixelRatio),
      );
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      ink.current = getComputedStyle(canvas).color;
      isFitted.current = true;
      latest.current();
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(canvas);
    const schemes = new MutationObserver(fit);
    schemes.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
    return () => {
      isFitted.current = false;
      sizes.disconnect();
      schemes.disconnect();
    };
  }, []);

  return { ref, repaint, extend };
}

/** From the last midpoint that is painted already, through the new points, to the newest midpoint. */
function traceTail(context: CanvasRenderingContext2D, stroke: Stroke, added: number, scale: number): void {
  const first = Math.max(0, stroke.length - added - 1);
  const at = (i: number): Point => [stroke[i][0] * scale, stroke[i][1] * scale];
  const between = (i: number): Point => {
    const [a, b] = [at(i - 1), at(i)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  };
  context.moveTo(...(first > 0 ? between(first) : at(0)));
  for (let i = Math.max(first, 1); i < stroke.length - 1; i++) {
    context.quadraticCurveTo(...at(i), ...between(i + 1));
  }
  context.lineTo(...(stroke.length > 1 ? between(stroke.length - 1) : at(0)));
}
