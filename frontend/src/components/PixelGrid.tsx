import { useEffect, useRef } from 'react';
import { FULL_INK, SIDE } from '../ink/framing';

interface Props {
  readonly pixels: ArrayLike<number>;
  readonly label: string;
  readonly testId?: string;
}

/** A 28x28 image enlarged with its pixel grid. */
export function PixelGrid({ pixels, label, testId }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);

  const shown = useRef(pixels);

  useEffect(() => {
    shown.current = pixels;
    if (ref.current) paintPixels(ref.current, pixels);
  }, [pixels]);

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const repaint = () => {
      paintPixels(canvas, shown.current);
    };
    const sizes = new ResizeObserver(repaint);
    sizes.observe(canvas);
    const schemes = new MutationObserver(repaint);
    schemes.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
    return () => {
      sizes.disconnect();
      schemes.disconnect();
    };
  }, []);

  return (
    <canvas
      ref={ref}
      className="pixel-grid"
      role="img"
      aria-label={label}
      data-testid={testId}
      data-pixels={testId && Array.from(pixels).join(' ')}
    />
  );
}

function paintPixels(canvas: HTMLCanvasElement, pixels: ArrayLike<number>): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = Math.max(SIDE * 4, Math.round(canvas.clientWidth * window.devicePixelRatio));
  canvas.width = canvas.height = side;
  const edge = (i: number) => Math.round((i * side) / SIDE);
  const style = getComputedStyle(canvas);
  const fills = [
    { ink: style.getPropertyValue('--cell'), level: () => FULL_INK },
    { ink: style.color, level: (i: number) => pixels[i] },
  ];
  for (const { ink, level } of fills) {
    context.fillStyle = ink;
    for (let i = 0; i < SIDE * SIDE; i++) {
      const [row, column] = [Math.floor(i / SIDE), i % SIDE];
      context.globalAlpha = (level(i) || 0) / FULL_INK;
      context.fillRect(
        edge(column),
        edge(row),
        edge(column + 1) - edge(column) - 1,
        edge(row + 1) - edge(row) - 1,
      );
    }
  }
}
