/**
 * Strokes as few bytes, and back: points in whole steps, each as its way from the one before, small numbers in one
 * byte each (a varint of the zigzag, as protocol buffers have it).
 */

import type { Point, Stroke } from './strokes';

const STEPS = 1_000; // in the side of the drawing box

export function bytesOf(strokes: readonly Stroke[]): number[] {
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

/** The strokes in such bytes; undefined where they are cut short, or hold anything else. */
export function strokesOf(bytes: Iterable<number>): Stroke[] | undefined {
  const numbers = numbersIn(bytes);
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
  return strokes;
}

/** The numbers that the bytes hold; undefined where the last is cut short, or one is larger than any of ours. */
function numbersIn(bytes: Iterable<number>): number[] | undefined {
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
