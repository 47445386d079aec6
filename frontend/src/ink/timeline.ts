/** The timeline of a drawing: what had been drawn at each of its moments. */

import type { Stroke } from './strokes';

export function pointCount(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0);
}

/** The first `count` points of a drawing, as strokes. */
export function drawingAt(strokes: readonly Stroke[], count: number): Stroke[] {
  const drawn: Stroke[] = [];
  let left = count;
  for (const stroke of strokes) {
    if (left <= 0) break;
    drawn.push(stroke.slice(0, left));
    left -= stroke.length;
  }
  return drawn;
}

/** At most `limit` point counts, evenly spread, the last being the whole drawing. */
export function moments(strokes: readonly Stroke[], limit: number): number[] {
  const total = pointCount(strokes);
  const count = Math.min(limit, total);
  return Array.from({ length: count }, (_, i) => Math.round(((i + 1) * total) / count));
}

/** Where an answer differs from the one before and is not nothing: "it became a 7 here". */
export function turningPoints(characters: readonly (string | null)[]): number[] {
  return characters.flatMap((character, i) => (character !== null && character !== (characters[i - 1] ?? null) ? [i] : []));
}
