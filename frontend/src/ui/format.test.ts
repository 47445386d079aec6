import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, named, percent } from './format';

describe('a character', () => {
  it('has the article that it is spoken with', () => {
    expect(['1', '8', 'A', 'B', 'U', 'x'].map(named)).toEqual(['a 1', 'an 8', 'an A', 'a B', 'a U', 'an x']);
  });

  it('is called by its alphabet', () => {
    expect(['0123456789', 'ABC', 'AB1'].map((labels) => kindOf(Array.from(labels)))).toEqual(['digit', 'letter', 'character']);
  });
});

describe('a share in per cent', () => {
  it('is never 100% of what is not certain nor 0% of what is not impossible', () => {
    expect([1, 0.9999, 0.98, 1e-9, 0].map(percent)).toEqual(['100.0%', '>99.9%', '98.0%', '<0.1%', '0.0%']);
  });

  it('is off by at most a tenth of a per cent', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const shown = parseFloat(percent(share).replace(/[<>]/, ''));
        expect(Math.abs(shown - share * 100)).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
    );
  });
});
