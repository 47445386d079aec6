import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, drawingBy } from '../testing/handmade';
import { decodeStrokes, encodeStrokes, LONGEST_LINK } from './link';
import { SAMPLES } from './samples';
import { frameStrokes, type Point, type Stroke } from './strokes';

const STEP = 1e-3;

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const drawing = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });

describe('a drawing in a link', () => {
  it('comes back with its strokes in their order, each beginning and ending where it did', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const back = decodeStrokes(encodeStrokes(strokes) ?? '') ?? [];
        expect(back).toHaveLength(strokes.length);
        back.forEach((stroke, i) => {
          for (const end of [0, -1]) {
            const [[x, y], [px, py]] = [stroke.at(end) as Point, strokes[i].at(end) as Point];
            expect(Math.abs(x - px)).toBeLessThanOrEqual(STEP);
            expect(Math.abs(y - py)).toBeLessThanOrEqual(STEP);
          }
        });
      }),
    );
  });

  it('looks the same to the model, but for a level here and there', () => {
    for (const { strokes } of SAMPLES) {
      const [before, after] = [frameStrokes(strokes), frameStrokes(decodeStrokes(encodeStrokes(strokes) ?? '') ?? [])];
      const differing = before.filter((level, i) => Math.abs(level - after[i]) > 64).length;
      expect(differing).toBeLessThan(20);
    }
  });

  it(`takes at most ${String(LONGEST_LINK)} characters, of a pen of 240 Hz too`, () => {
    const random = createRandom(1);
    for (let i = 0; i < 50; i++) {
      const long = drawingBy(random).map((stroke): Stroke => stroke.flatMap((point) => shakenCopies(point, 60, random)));
      expect(encodeStrokes(long)?.length ?? 0).toBeLessThanOrEqual(LONGEST_LINK);
    }
  });

  it('is none where the text is damaged, foreign or hostile, and never an error', () => {
    const text = encodeStrokes(SAMPLES[0].strokes) ?? '';
    for (const broken of ['', '1', '2AAAA', '1!', text.slice(0, -1) + '€', '1' + '_'.repeat(9), '1' + 'A'.repeat(20_000), '1____fw', '1' + '-'.repeat(400)]) {
      expect(decodeStrokes(broken)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (junk) => {
        const strokes = decodeStrokes(`1${junk}`) ?? [];
        expect(strokes.flat().every(([x, y]) => Math.abs(x) <= 100 && Math.abs(y) <= 100)).toBe(true);
      }),
    );
  });
});

function shakenCopies([x, y]: Point, count: number, random: () => number): Point[] {
  return Array.from({ length: count }, (): Point => [x + 0.002 * random(), y + 0.002 * random()]);
}
