import type { Bounds } from '../ink/strokes';

/** What is marked on the paper. */
export interface Mark {
  readonly box: Bounds;
  readonly kind: 'sure' | 'doubtful' | 'unread';
}

interface Props {
  readonly marks: readonly Mark[];
  readonly chosen: number;
  /** The width of the paper; its height is 1. */
  readonly width: number;
}

const MARGIN = 0.03; // of the paper's height: the pen is thick

/** A frame around each character on the paper; the words for it stand beside the answer. */
export function CharacterBoxes({ marks, chosen, width }: Props) {
  return (
    <div className="character-boxes" aria-hidden="true">
      {marks.map(({ box: { left, top, right, bottom }, kind }, i) => (
        <span
          key={i}
          className={i === chosen ? `character-box ${kind} chosen` : `character-box ${kind}`}
          data-testid="character-box"
          style={{
            left: percentOf((left - MARGIN) / width),
            top: percentOf(top - MARGIN),
            width: percentOf((right - left + 2 * MARGIN) / width),
            height: percentOf(bottom - top + 2 * MARGIN),
          }}
        />
      ))}
    </div>
  );
}

function percentOf(share: number): string {
  return `${String(100 * share)}%`;
}
