import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../testing/arbitraries';
import { cellsOf, strokesOfCells, withCell } from './cells';
import { svgPath } from './curves';
import { eraseAlong } from './erasing';
import { BOX, cropToInk, emptyPixels, frame, isEmpty, SIDE } from './framing';
import { plainResize } from './plainResize';
import { boundsOf, frameStrokes, type Stroke } from './strokes';
import { drawingAt, moments, pointCount, turningPoints } from './timeline';

const asInk = (levels: ArrayLike<number>) => ({ height: SIDE, width: SIDE, levels });

const move = (strokes: Stroke[], scale: number, dx: number, dy: number): Stroke[] =>
  strokes.map((stroke) => stroke.map(([x, y]) => [x * scale + dx, y * scale + dy] as const));

const extentOf = (strokes: Stroke[]) => {
  const { left, top, right, bottom } = boundsOf(strokes);
  return Math.max(right - left, bottom - top);
};

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (level, i) => Math.abs(level - b[i])));

describe('framing any ink', () => {
  it('leaves a framed image unchanged', () => {
    fc.assert(
      fc.property(arbitrary.ink, (ink) => {
        const once = frame(ink);
        expect(frame(asInk(once))).toEqual(once);
      }),
    );
  });

  it('never changes its input and never loses all the ink', () => {
    fc.assert(
      fc.property(arbitrary.ink, (ink) => {
        const before = Array.from(ink.levels);
        expect(isEmpty(frame(ink))).toBe(isEmpty(before));
        expect(ink.levels).toEqual(before);
      }),
    );
  });

  it('forgets where on the paper the ink was', () => {
    const margin = fc.nat({ max: 30 });
    fc.assert(
      fc.property(arbitrary.ink, margin, margin, (ink, top, left) => {
        const [height, width] = [ink.height + top + 3, ink.width + left + 2];
        const levels = new Uint8Array(height * width);
        for (let row = 0; row < ink.height; row++) {
          levels.set(
            Array.from(ink.levels).slice(row * ink.width, (row + 1) * ink.width),
            (row + top) * width + left,
          );
        }
        expect(frame({ height, width, levels })).toEqual(frame(ink));
      }),
    );
  });

  it('makes the longer side of anything larger than a speck 20 px', () => {
    fc.assert(
      fc.property(arbitrary.ink, (ink) => {
        const source = cropToInk(ink);
        fc.pre(Math.max(source.height, source.width) > 3);
        const framed = cropToInk(asInk(frame(ink)));
        expect(Math.max(framed.height, framed.width)).toBe(BOX);
      }),
    );
  });

  it.each([-1, 256, NaN, Infinity])('refuses the level %s', (level) => {
    expect(() => frame({ height: 1, width: 1, levels: [level] })).toThrow(RangeError);
  });
});

describe('framing any drawing', () => {
  it('forgets how large and where it was drawn', () => {
    const shift = fc.double({ min: -1, max: 1, noNaN: true });
    const scale = fc.double({ min: 0.3, max: 3, noNaN: true });
    fc.assert(
      fc.property(arbitrary.drawing, scale, shift, shift, (strokes, factor, dx, dy) => {
        fc.pre(extentOf(strokes) > 0.1);
        const moved = frameStrokes(move(strokes, factor, dx, dy));
        const original = frameStrokes(strokes);
        // A centre of mass on the very edge between two places may round either way.
        const [a, b] = [cropToInk(asInk(moved)), cropToInk(asInk(original))];
        expect([a.height, a.width]).toEqual([b.height, b.width]);
        expect(worst(a.levels, b.levels)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the direction or the order of strokes', () => {
    fc.assert(
      fc.property(arbitrary.drawing, (strokes) => {
        const backwards = strokes.map((stroke) => stroke.toReversed()).toReversed();
        expect(worst(frameStrokes(backwards), frameStrokes(strokes))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives a framed image that framing leaves unchanged', () => {
    fc.assert(
      fc.property(arbitrary.drawing, (strokes) => {
        const pixels = frameStrokes(strokes);
        expect(frame(asInk(pixels))).toEqual(pixels);
      }),
    );
  });

  it('refuses numbers that are not finite', () => {
    expect(() => frameStrokes([[[NaN, 0]]])).toThrow(RangeError);
    expect(() => frameStrokes([[[Infinity, 0]]])).toThrow(RangeError);
  });
});

describe('a plain resize', () => {
  it('keeps place and size, so a small drawing stays small', () => {
    const small: Stroke[] = [[[0.1, 0.1], [0.2, 0.1], [0.15, 0.25]]]; // prettier-ignore
    const resized = cropToInk(asInk(plainResize(small, 0.03)));
    expect(resized.height).toBeLessThan(8);
    expect(cropToInk(asInk(frameStrokes(small))).height).toBe(BOX);
  });

  it('of nothing is empty', () => {
    expect(plainResize([], 0.03)).toEqual(emptyPixels());
  });
});

describe('cells', () => {
  it('come back from the strokes they were turned into', () => {
    const cells = fc.array(fc.boolean(), { minLength: SIDE * SIDE, maxLength: SIDE * SIDE });
    fc.assert(
      fc.property(cells, (some) => {
        expect(cellsOf(strokesOfCells(some))).toEqual(some);
      }),
      { numRuns: 40 },
    );
  });

  it('that touch only at a corner are joined', () => {
    const cells = withCell(withCell(cellsOf([]), 0, true), SIDE + 1, true);
    expect(strokesOfCells(cells)).toHaveLength(1);
  });

  it('of one lone square make a dot', () => {
    expect(strokesOfCells(withCell(cellsOf([]), 5, true))).toEqual([[[5.5 / SIDE, 0.5 / SIDE]]]);
  });
});

describe('erasing', () => {
  const line: Stroke = [[0.1, 0.5], [0.9, 0.5]]; // prettier-ignore
  const dot: Stroke = [[0.5, 0.9]];

  it('takes away the whole stroke that is touched, and only that', () => {
    expect(eraseAlong([line, dot], [0.5, 0.5], [0.5, 0.5], 0.01)).toEqual([dot]);
  });

  it('catches a stroke that is crossed between two samples', () => {
    expect(eraseAlong([line, dot], [0.3, 0.1], [0.31, 0.8], 0.001)).toEqual([dot]);
  });

  it('gives the very same strokes when it touches none', () => {
    const strokes = [line, dot];
    expect(eraseAlong(strokes, [0.1, 0.1], [0.2, 0.1], 0.02)).toBe(strokes);
  });
});

describe('the timeline', () => {
  it('ends with the whole drawing and never runs backwards', () => {
    fc.assert(
      fc.property(arbitrary.drawing, fc.integer({ min: 1, max: 60 }), (strokes, limit) => {
        const counts = moments(strokes, limit);
        expect(counts.length).toBeLessThanOrEqual(limit);
        expect(counts.at(-1)).toBe(pointCount(strokes));
        expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
        expect(drawingAt(strokes, counts.at(-1) ?? 0)).toEqual(strokes);
      }),
    );
  });

  it('holds as many points as its moment says', () => {
    fc.assert(
      fc.property(arbitrary.drawing, fc.nat({ max: 40 }), (strokes, count) => {
        expect(pointCount(drawingAt(strokes, count))).toBe(Math.min(count, pointCount(strokes)));
      }),
    );
  });

  it('names the moments at which the answer became another digit', () => {
    expect(turningPoints([null, '1', '1', null, '1', '7', '7'])).toEqual([1, 4, 5]);
    expect(turningPoints([])).toEqual([]);
  });
});

describe('a smooth path', () => {
  it('begins and ends where the pen did', () => {
    fc.assert(
      fc.property(arbitrary.stroke, (stroke) => {
        const path = svgPath([stroke]);
        const at = ([x, y]: readonly [number, number]) =>
          [x, y].map((n) => String(Math.round(n * 1000) / 10)).join(' ');
        expect(path.startsWith(`M${at(stroke[0])}`)).toBe(true);
        expect(path.endsWith(`L${at(stroke[stroke.length - 1])}`)).toBe(true);
      }),
    );
  });
});
