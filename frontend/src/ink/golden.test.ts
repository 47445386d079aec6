import { describe, expect, it } from 'vitest';
import golden from '../../../model_training/tests/golden_cases.json';
import { withCoarseOdds } from './coarseness';
import { frame, type Ink, type Pixels } from './framing';
import { frameStrokes, type Stroke } from './strokes';

const TOLERANCE = 2; // levels of 255

describe('framing agrees with its Python twin', () => {
  it.each(golden.ink)('on ink: $name', ({ size, rectangles, framed }) => {
    expect(worstDifference(frame(inkOf(size, rectangles)), framed)).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(golden.strokes)('on strokes: $name', ({ strokes, framed }) => {
    const drawing = strokes as unknown as Stroke[];
    expect(worstDifference(frameStrokes(drawing), framed)).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe('framing is idempotent', () => {
  it.each(golden.ink)('on ink: $name', ({ size, rectangles }) => {
    const once = frame(inkOf(size, rectangles));
    expect(frame({ height: 28, width: 28, levels: once })).toEqual(once);
  });
});

function inkOf([height, width]: number[], rectangles: number[][]): Ink {
  const levels = new Uint8Array(height * width);
  for (const [top, left, tall, wide, level] of rectangles) {
    for (let row = top; row < top + tall; row++) {
      levels.fill(level, row * width + left, row * width + left + wide);
    }
  }
  return { height, width, levels };
}

function worstDifference(pixels: Pixels, rows: string[]): number {
  const expected = rows.join('').match(/../g)?.map((hex) => parseInt(hex, 16)) ?? [];
  expect(pixels).toHaveLength(expected.length);
  return Math.max(...expected.map((level, i) => Math.abs(level - pixels[i])));
}

describe('the rule for coarse images agrees with its Python twin', () => {
  it.each([...golden.ink, ...golden.strokes])('on $name', ({ framed, coarse_scores: expected }) => {
    const pixels = Uint8Array.from(framed.join('').match(/../g) ?? [], (hex) => parseInt(hex, 16));
    for (const [alphabet, score] of Object.entries(expected)) {
      expect(withCoarseOdds(golden.score, pixels, alphabet)).toBeCloseTo(score, 12);
    }
  });
});
