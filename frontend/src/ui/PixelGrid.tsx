import { useCallback } from 'react';
import { FULL_INK } from '../ink/framing';
import { cellsOn } from './paintCells';
import { usePainting } from './usePainting';

interface Props {
  readonly pixels: ArrayLike<number>;
  readonly label: string;
  readonly testId?: string;
}

/** A 28x28 image enlarged with its pixel grid. */
export function PixelGrid({ pixels, label, testId }: Props) {
  const ref = usePainting(
    useCallback(
      (canvas) => {
        const cells = cellsOn(canvas);
        if (!cells) return;
        cells.fill(cells.colour('--cell'), () => 1);
        cells.fill(cells.colour('--ink'), (i) => (pixels[i] || 0) / FULL_INK);
      },
      [pixels],
    ),
  );
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
