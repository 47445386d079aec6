import { useEffect, useRef } from 'react';
import { FULL_INK, SIDE } from '../ink/framing';

const CELL = 8; // px of the canvas for one pixel
const GAP = 1;

interface Props {
  readonly pixels: ArrayLike<number>;
  readonly label: string;
  readonly testId?: string;
}

/** A 28x28 image enlarged with its pixel grid. */
export function PixelGrid({ pixels, label, testId }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const repaint = () => {
      paintPixels(canvas, pixels);
    };
    repaint();
    const schemes = new MutationObserver(repaint);
    schemes.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
    return () => {
      schemes.disconnect();
    };
  }, [pixels]);

  return (
    <canvas
      ref={ref}
      className="pixel-grid"
      width={SIDE * CELL}
      height={SIDE * CELL}
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
  const style = getComputedStyle(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const [level, fill] of [
    [0, style.getPropertyValue('--cell')],
    [1, style.color],
  ] as const) {
    context.fillStyle = fill;
    for (let i = 0; i < pixels.length; i++) {
      if (level > 0 && pixels[i] === 0) continue;
      context.globalAlpha = level > 0 ? pixels[i] / FULL_INK : 1;
      context.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL - GAP, CELL - GAP);
    }
  }
  context.globalAlpha = 1;
}
