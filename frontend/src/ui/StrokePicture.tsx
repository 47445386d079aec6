import { useMemo } from 'react';
import { svgPath } from '../ink/curves';
import { sheetWidth, type Strokes } from '../ink/drawing';

/** A small picture of a drawing; the words beside it say what it is. */
export function StrokePicture({ strokes }: { strokes: Strokes }) {
  const path = useMemo(() => svgPath(strokes), [strokes]);
  const width = useMemo(() => 100 * sheetWidth(strokes), [strokes]);
  return (
    <svg className="stroke-picture" viewBox={`0 0 ${String(width)} 100`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
