import { useCallback } from 'react';
import { FULL_INK } from '../ink/framing';
import { cellsOn } from '../ui/paintCells';
import { usePainting } from '../ui/usePainting';

const FAINTEST = 0.03; // of the strongest; less is not shown
const BACKGROUND = 0.22; // opacity of full ink

interface Props {
  readonly pixels: readonly number[];
  /** 784 values of -1..1. */
  readonly evidence: readonly number[];
  readonly label: string;
}

/** Evidence over the image: filled cells speak for it and hollow ones against, so not by colour alone. */
export function EvidenceMap({ pixels, evidence, label }: Props) {
  const ref = usePainting(
    useCallback(
      (canvas) => {
        const cells = cellsOn(canvas);
        if (!cells) return;
        cells.fill(cells.colour('--cell'), () => 1);
        cells.fill(cells.colour('--ink'), (i) => ((pixels[i] || 0) / FULL_INK) * BACKGROUND);
        cells.fill(cells.colour('--mark'), (i) => opacityOf(evidence[i]));
        cells.ring(cells.colour('--against'), (i) => opacityOf(-evidence[i]));
      },
      [pixels, evidence],
    ),
  );
  return <canvas ref={ref} className="pixel-grid" role="img" aria-label={label} data-testid="evidence" />;
}

/** Weak evidence is lifted, so that it can be told from none. */
function opacityOf(strength: number): number {
  return strength < FAINTEST ? 0 : Math.sqrt(strength);
}
