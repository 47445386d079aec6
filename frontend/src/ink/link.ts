/**
 * A drawing as a short text that fits into a link, and back.
 *
 * Its points in whole steps, each as its way from the one before, small numbers in one byte each (a varint of the
 * zigzag, as protocol buffers have it), all of it in base64url.
 */

import { simplified } from './simplify';
import { readStrokes } from './strokeData';
import type { Point, Stroke } from './strokes';

export const LONGEST_LINK = 2_000; // characters, of what `encodeStrokes` gives
const LONGEST_READ = 16_000; // characters; more is none of ours
const VERSION = '1';
const STEPS = 1_000; // in the side of the drawing box
const FINEST = 0.0005; // of the box: what points may be moved by at first, half a step
const COARSEST = 0.05;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The text of a drawing, at most `LONGEST_LINK` characters: a longer one is drawn with fewer points. Undefined
 * where even that is too long.
 */
export function encodeStrokes(strokes: readonly Stroke[]): string | undefined {
  for (let tolerance = FINEST; tolerance < COARSEST; tolerance *= 2) {
    const text = VERSION + toText(toBytes(strokes.map((stroke) => simplified(stroke, tolerance))));
    if (text.length <= LONGEST_LINK) return text;
  }
  return undefined;
}

/** The strokes in such a text; undefined where it is damaged, or holds anything else. */
export function decodeStrokes(text: string): Stroke[] | undefined {
  if (text.length > LONGEST_READ || !text.startsWith(VERSION)) return undefined;
  const bytes = fromText(text.slice(VERSION.length));
  const numbers = bytes && fromBytes(bytes);
  if (!numbers) return undefined;
  const strokes: Stroke[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < numbers.length; ) {
    const count = numbers[at];
    const ways = numbers.slice(at + 1, at + 1 + 2 * count);
    if (count === 0 || ways.length < 2 * count) return undefined;
    const stroke: Point[] = [];
    for (let i = 0; i < ways.length; i += 2) {
      x += unfolded(ways[i]);
      y += unfolded(ways[i + 1]);
      stroke.push([x / STEPS, y / STEPS]);
    }
    strokes.push(stroke);
    at += 1 + 2 * count;
  }
  return strokes.length > 0 ? readStrokes(strokes) : undefined;
}

function toBytes(strokes: readonly Stroke[]): number[] {
  const bytes: number[] = [];
  const put = (number: number) => {
    let rest = number;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  };
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    if (stroke.length === 0) continue;
    put(stroke.length);
    for (const [px, py] of stroke) {
      const [nextX, nextY] = [Math.round(px * STEPS), Math.round(py * STEPS)];
      put(folded(nextX - x));
      put(folded(nextY - y));
      [x, y] = [nextX, nextY];
    }
  }
  return bytes;
}

/** The numbers that the bytes hold; undefined where the last is cut short, or one is larger than any of ours. */
function fromBytes(bytes: readonly number[]): number[] | undefined {
  const numbers: number[] = [];
  let [number, factor] = [0, 1];
  for (const byte of bytes) {
    number += (byte % 128) * factor;
    factor *= 128;
    if (factor > 128 ** 4) return undefined;
    if (byte > 127) continue;
    numbers.push(number);
    [number, factor] = [0, 1];
  }
  return factor === 1 ? numbers : undefined;
}

/** 0, -1, 1, -2, ... as 0, 1, 2, 3, ... */
function folded(number: number): number {
  return number < 0 ? -2 * number - 1 : 2 * number;
}

function unfolded(number: number): number {
  return number % 2 === 1 ? -(number + 1) / 2 : number / 2;
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
