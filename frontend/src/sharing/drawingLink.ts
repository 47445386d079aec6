/** Links in whose fragment, which no browser sends to any server, a drawing stands, or the name of a shared one. */

import { decodeStrokes, encodeStrokes } from '../ink/link';
import type { Stroke } from '../ink/strokes';

const NAME = '#d=';
const SHORT_NAME = '#s=';
const ID = /^[A-Za-z0-9_-]{22}$/; // as the server makes them

/** The link to the page at `address` with a drawing in it; undefined where that would be too long. */
export function linkTo(strokes: readonly Stroke[], address: string): string | undefined {
  const text = encodeStrokes(strokes);
  if (text === undefined) return undefined;
  return withFragment(address, NAME + text);
}

/** The link to the page at `address` that opens the drawing which the server keeps by the name `id`. */
export function shortLinkTo(id: string, address: string): string {
  return withFragment(address, SHORT_NAME + id);
}

/** The id of the shared drawing that a fragment names; undefined where it names none. */
export function sharedIn(fragment: string): string | undefined {
  const id = fragment.slice(SHORT_NAME.length);
  return fragment.startsWith(SHORT_NAME) && ID.test(id) ? id : undefined;
}

function withFragment(address: string, fragment: string): string {
  const link = new URL(address);
  link.search = '';
  link.hash = fragment;
  return link.href;
}

/** The drawing in a fragment: 'none' where it holds no drawing at all, 'broken' where it doesn't hold a whole one. */
export function drawingIn(fragment: string): Stroke[] | 'none' | 'broken' {
  if (fragment.startsWith(SHORT_NAME)) return 'broken'; // cut off, or it would name one
  if (!fragment.startsWith(NAME)) return 'none';
  return decodeStrokes(fragment.slice(NAME.length)) ?? 'broken';
}
