/** A drawing as a short text that fits into a link, and back: its bytes in base64url. */

import { simplified } from './simplify';
import { bytesOf, strokesOf } from './strokeBytes';
import { readStrokes } from './strokeData';
import type { Stroke } from './strokes';

export const LONGEST_LINK = 2_000; // characters, of what `encodeStrokes` gives
const LONGEST_READ = 16_000; // characters; more is none of ours
const VERSION = '1';
const FINEST = 0.0005; // of the box: what points may be moved by at first, half a step
const COARSEST = 0.05;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The text of a drawing, at most `LONGEST_LINK` characters: a longer one is drawn with fewer points. Undefined
 * where even that is too long.
 */
export function encodeStrokes(strokes: readonly Stroke[]): string | undefined {
  for (let tolerance = FINEST; tolerance < COARSEST; tolerance *= 2) {
    const text = VERSION + toText(bytesOf(strokes.map((stroke) => simplified(stroke, tolerance))));
    if (text.length <= LONGEST_LINK) return text;
  }
  return undefined;
}

/** The strokes in such a text; undefined where it is damaged, or holds anything else. */
export function decodeStrokes(text: string): Stroke[] | undefined {
  if (text.length > LONGEST_READ || !text.startsWith(VERSION)) return undefined;
  const bytes = fromText(text.slice(VERSION.length));
  const strokes = bytes && strokesOf(bytes);
  return strokes && strokes.length > 0 ? readStrokes(strokes) : undefined;
}

function toText(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.slice(at, at + 3);
    const four = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    text += four.slice(0, Math.min(4, bytes.length - at + 1)).map((sextet) => ALPHABET[sextet]).join('');
  }
  return text;
}

function fromText(text: string): number[] | undefined {
  const sextets = Array.from(text, (character) => ALPHABET.indexOf(character));
  if (sextets.includes(-1) || text.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < sextets.length; at += 4) {
    const [a, b, c = 0, d = 0] = sextets.slice(at, at + 4);
    const three = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
    bytes.push(...three.slice(0, Math.min(3, sextets.length - at - 1)));
  }
  return bytes;
}
