import { useMemo } from 'react';
import { svgPath } from '../ink/curves';
import type { Strokes } from '../ink/drawing';

/** A small picture of a drawing; the words beside it say what it is. */
export function StrokePicture({ strokes }: { strokes: Strokes }) {
  const path = useMemo(() => svgPath(strokes), [strokes]);
  return (
    <svg className="stroke-picture" viewBox="0 0 100 100" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
