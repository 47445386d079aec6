/** Links that hold a drawing in their fragment, which no browser sends to any server. */

import { decodeStrokes, encodeStrokes } from '../ink/link';
import type { Stroke } from '../ink/strokes';

const NAME = '#d=';

/** The link to the page at `address` with a drawing in it; undefined where that would be too long. */
export function linkTo(strokes: readonly Stroke[], address: string): string | undefined {
  const text = encodeStrokes(strokes);
  if (text === undefined) return undefined;
  const link = new URL(address);
  link.search = '';
  link.hash = NAME + text;
  return link.href;
}

/** The drawing in a fragment: 'none' where it holds no drawing at all, 'broken' where it doesn't hold a whole one. */
export function drawingIn(fragment: string): Stroke[] | 'none' | 'broken' {
  if (!fragment.startsWith(NAME)) return 'none';
  return decodeStrokes(fragment.slice(NAME.length)) ?? 'broken';
}
