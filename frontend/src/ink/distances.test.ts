import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../testing/arbitraries';
import { strokeDistance } from './distances';
import { segmentsCross } from './erasing';
import { distanceSquared, endsOf, type Stroke } from './strokes';

/** Every segment against every other. */
function plainDistance(a: Stroke, b: Stroke): number {
  const squares = endsOf(a).flatMap((endA, i) =>
    endsOf(b).map((endB, k) => {
      if (segmentsCross(a[i], endA, b[k], endB)) return 0;
      return Math.min(
        distanceSquared(...a[i], b[k], endB),
        distanceSquared(...endA, b[k], endB),
        distanceSquared(...b[k], a[i], endA),
        distanceSquared(...endB, a[i], endA),
      );
    }),
  );
  return Math.sqrt(Math.min(...squares));
}

const stroke = fc.array(arbitrary.point, { minLength: 1, maxLength: 12 });

describe('the distance of two strokes', () => {
  it('is that of their nearest segments, whichever is asked for first, however often', () => {
    fc.assert(
      fc.property(stroke, stroke, (a, b) => {
        const distance = strokeDistance(a, b);
        expect(distance).toBeCloseTo(plainDistance(a, b), 12);
        expect(strokeDistance(b, a)).toBe(distance);
      }),
    );
  });

  it('is nothing where they cross, and for a dot how far it lies off', () => {
    expect(strokeDistance([[0, 0], [1, 1]], [[0, 1], [1, 0]])).toBe(0); // prettier-ignore
    expect(strokeDistance([[0.5, 0.5]], [[0, 0], [1, 0]])).toBeCloseTo(0.5); // prettier-ignore
    expect(strokeDistance([[0, 0]], [[0, 0.25]])).toBeCloseTo(0.25); // prettier-ignore
  });
});
