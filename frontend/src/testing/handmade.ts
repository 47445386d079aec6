/** Drawings made up by a seed: samples written shakily, parts of them, and scribbles that nobody means anything by. */

import { LETTER_SAMPLES } from '../ink/letterSamples';
import { SAMPLES } from '../ink/samples';
import type { Point, Stroke } from '../ink/strokes';

export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One drawing; of ten, seven are written, two cut off, one is a scribble. */
export function drawingBy(random: () => number): Stroke[] {
  const kind = random();
  if (kind < 0.1) return [Array.from({ length: 3 + Math.floor(20 * random()) }, (): Point => [random(), random()])];
  const known = [...SAMPLES, ...LETTER_SAMPLES];
  const { strokes } = known[Math.floor(random() * known.length)];
  const written = shaken(strokes, random);
  return kind < 0.3 ? written.map((stroke) => stroke.slice(0, Math.ceil(stroke.length * random()))) : written;
}

function shaken(strokes: readonly Stroke[], random: () => number): Stroke[] {
  const signed = () => 2 * random() - 1;
  const [a, b, c, d] = [1 + 0.3 * signed(), 0.3 * signed(), 0.3 * signed(), 1 + 0.3 * signed()];
  return strokes.map((stroke) =>
    stroke.map(([x, y]): Point => [a * x + b * y + 0.02 * signed(), c * x + d * y + 0.02 * signed()]),
  );
}
