import type { CSSProperties } from 'react';
import { svgPath } from '../ink/curves';
import { sheetWidth, type Strokes } from '../ink/drawing';
import './sharing.css';

/** Goes over the strokes of a drawing once more, one after the other, as they were drawn; on top of the paper. */
export function StrokeReplay({ strokes, onEnd }: { strokes: Strokes; onEnd: () => void }) {
  return (
    <svg className="stroke-replay" viewBox={`0 0 ${String(100 * sheetWidth(strokes))} 100`} data-testid="stroke-replay" aria-hidden="true">
      {strokes.map((stroke, i) => (
        <path
          key={i}
          d={svgPath([stroke])}
          pathLength={1}
          style={{ '--turn': i } as CSSProperties}
          onAnimationEnd={i === strokes.length - 1 ? onEnd : undefined}
        />
      ))}
    </svg>
  );
}
