import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evidence, placeOf } from './evidence';
import { SIDE } from './framing';

/** Values of 1 in the given squares of three by three. */
function squares(...places: readonly (readonly [row: number, column: number])[]): Evidence {
  const values = Array<number>(SIDE * SIDE).fill(0);
  for (const [row, column] of places) values[(5 + row * 8) * SIDE + 5 + column * 8] = 1;
  return values;
}

const minus = (evidence: Evidence) => evidence.map((value) => -value);

describe('the place of evidence', () => {
  it.each([
    [[[0, 0]], 'mostly in the upper left'],
    [[[1, 1]], 'mostly in the middle'],
    [[[2, 1]], 'mostly at the bottom'],
    [[[0, 0], [0, 1], [0, 2]], 'mostly across the top'],
    [[[0, 2], [1, 2], [2, 2]], 'mostly down the right'],
    [[[0, 0], [1, 1], [2, 2]], 'all over it'],
  ] as const)('of %j is “%s”', (places, words) => {
    expect(placeOf(squares(...places), 'for')).toBe(words);
    expect(placeOf(minus(squares(...places)), 'against')).toBe(words);
  }); // prettier-ignore

  it('is none where nothing speaks, or hardly anything beside the other side', () => {
    expect(placeOf(squares(), 'for')).toBeUndefined();
    const slight = squares([0, 0]).map((value, i) => (i === 0 ? -0.01 : value));
    expect(placeOf(slight, 'against')).toBeUndefined();
    expect(placeOf(slight, 'for')).toBe('mostly in the upper left');
  });

  it('is the same however strong the evidence is', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: SIDE * SIDE, maxLength: SIDE * SIDE }), (evidence) => {
        const half = evidence.map((value) => value / 2);
        expect(placeOf(half, 'for')).toBe(placeOf(evidence, 'for'));
      }),
      { numRuns: 20 },
    );
  });
});
