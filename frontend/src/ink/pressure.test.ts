import { describe, expect, it } from 'vitest';
import { eased, NARROWEST, readWidths, setWidths, WIDEST, widthFor, widthsOf } from './pressure';
import { frameStrokes, type Stroke } from './strokes';

const upright = { tiltX: 0, tiltY: 0 };

describe('the width of a pen', () => {
  it('is its own for a pen that can’t tell its pressure, and grows with pressure', () => {
    expect(widthFor({ pressure: 0.5, ...upright })).toBe(1);
    expect([0, 0.2, 0.8, 1].map((pressure) => widthFor({ pressure, ...upright }))).toEqual([
      NARROWEST,
      expect.closeTo(0.76),
      expect.closeTo(1.24),
      WIDEST,
    ]);
  });

  it('grows where the pen leans far, whichever way, and never beyond the widest', () => {
    const leaning = (tiltX: number, tiltY: number, pressure = 0.5) => widthFor({ pressure, tiltX, tiltY });
    expect(leaning(40, -45)).toBe(1);
    expect(leaning(-70, 0)).toBeGreaterThan(1);
    expect(leaning(0, 70)).toBe(leaning(-70, 0));
    expect(leaning(90, 0, 1)).toBe(WIDEST);
  });

  it('follows a jump in steps', () => {
    const once = eased(1, WIDEST);
    expect(once).toBeGreaterThan(1);
    expect(eased(once, WIDEST)).toBeGreaterThan(once);
    expect(eased(once, WIDEST)).toBeLessThan(WIDEST);
  });

  it('changes nothing of what the model sees', () => {
    const stroke: Stroke = [[0.2, 0.1], [0.7, 0.1], [0.4, 0.9]]; // prettier-ignore
    const even = frameStrokes([stroke]);
    setWidths(stroke, [NARROWEST, 1, WIDEST]);
    expect(widthsOf(stroke)).toHaveLength(3);
    expect(frameStrokes([stroke])).toEqual(even);
  });

  it.each([undefined, 'wide', [1], [1, 1, 1], [1, '1'], [1, 7], [1, 0], [1, NaN], [1, null]])(
    'is not believed of two points where it is %j',
    (value) => {
      expect(readWidths(value, 2)).toBeUndefined();
      expect(readWidths([1, WIDEST], 2)).toEqual([1, WIDEST]);
    },
  );
});
