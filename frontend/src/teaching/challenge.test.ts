import { describe, expect, it } from 'vitest';
import { DIGITS } from '../api/answers';
import { predictionOf } from '../testing/answers';
import { type Attempt, intervalOf, promptsOf, resultOf } from './challenge';

const drawn = (asked: string): Attempt => ({ asked, strokes: [[[0.1, 0.1]]] });

describe('what is asked for', () => {
  it('is each label once a round, in another order each time', () => {
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const prompts = promptsOf(DIGITS, 2, random);
    const [first, second] = [prompts.slice(0, 10), prompts.slice(10)];
    expect([...first].sort()).toEqual(DIGITS);
    expect([...second].sort()).toEqual(DIGITS);
    expect(first).not.toEqual(second);
  });
});

describe('the result', () => {
  const attempts = ['7', '7', '1', '4'].map(drawn);
  const result = resultOf(DIGITS, attempts, [predictionOf(7), predictionOf(1), predictionOf(null, 0.6, 1), predictionOf(4, 0.5)]);

  it('counts a refusal as not read right', () => {
    expect([result.right, result.share]).toEqual([2, 0.5]);
  });

  it('has what was asked for in rows, what was read in columns, and nothing in the last', () => {
    expect(result.confusion[7]).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    expect(result.confusion[1]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(result.confusion.flat().reduce((sum, count) => sum + count)).toBe(4);
  });

  it('names the hard ones, the misread first, then those read right but unsurely', () => {
    expect(result.hard.map(({ label, misread }) => [label, misread.map(({ read }) => read)])).toEqual([
      ['7', ['1']],
      ['1', [null]],
      ['4', []],
    ]);
  });

  it('of surely right drawings has nothing hard', () => {
    expect(resultOf(DIGITS, [drawn('3')], [predictionOf(3, 0.95)]).hard).toEqual([]);
  });
});

describe('the interval of a share', () => {
  it('is Wilson’s', () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20.
    expect(intervalOf(81, 263).map((bound) => bound.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expect(intervalOf(0, 20).map((bound) => bound.toFixed(4))).toEqual(['0.0000', '0.1611']);
  });

  it('holds the share, and everything where nothing was seen', () => {
    for (let right = 0; right <= 20; right++) {
      const [low, high] = intervalOf(right, 20);
      expect(low).toBeLessThanOrEqual(right / 20);
      expect(high).toBeGreaterThanOrEqual(right / 20);
    }
    expect(intervalOf(0, 0)).toEqual([0, 1]);
  });
});
