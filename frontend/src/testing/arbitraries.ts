/** Arbitrary ink and drawings for the property tests. */

import fc from 'fast-check';
import type { Ink } from '../ink/framing';
import type { Point, Stroke } from '../ink/strokes';

export const ink: fc.Arbitrary<Ink> = fc
  .tuple(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 45 }))
  .chain(([height, width]) =>
    fc
      .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), {
        minLength: height * width,
        maxLength: height * width,
      })
      .map((levels) => ({ height, width, levels })),
  );

const coordinate = fc.double({ min: -0.5, max: 1.5, noNaN: true });

export const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);

export const stroke: fc.Arbitrary<Stroke> = fc.array(point, { minLength: 1, maxLength: 12 });

export const drawing: fc.Arbitrary<Stroke[]> = fc.array(stroke, { minLength: 1, maxLength: 4 });
