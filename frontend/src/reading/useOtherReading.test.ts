import { describe, expect, it } from 'vitest';
import { characterOf, LETTERS, predictionOf } from '../testing/answers';
import { areTwins, otherOf } from './useOtherReading';

const digit = (character: number | null, confidence: number) => ({ ...predictionOf(character, confidence), is_character: 1 });
const letter = (character: string, confidence: number) => ({ ...characterOf(character, LETTERS, confidence), is_character: 1 });

describe('twins', () => {
  it('are a digit and the letters that are written like it, either way round', () => {
    for (const [one, other] of ['0O', '1I', '1L', '5S', '2Z']) {
      expect(areTwins(one, other)).toBe(true);
      expect(areTwins(other, one)).toBe(true);
    }
    for (const [one, other] of ['00', 'IL', '8B', '5Z', '1O']) expect(areTwins(one, other)).toBe(false);
    expect(areTwins(null, 'O')).toBe(false);
    expect(areTwins('0', null)).toBe(false);
  });
});

describe('another alphabet’s reading', () => {
  it('is offered where it is clearly likelier, whatever it is', () => {
    expect(otherOf(letter('K', 0.9), digit(null, 0.4))).toMatchObject({ isLikelier: true });
    expect(otherOf(letter('O', 0.9), digit(0, 0.5))).toMatchObject({ isLikelier: true });
  });

  it('is named where it is as likely and a twin, and not where it is neither', () => {
    expect(otherOf(letter('O', 0.97), digit(0, 0.99))).toMatchObject({ isLikelier: false });
    expect(otherOf(letter('O', 0.6), digit(0, 0.99))).toBeUndefined();
    expect(otherOf(letter('B', 0.97), digit(8, 0.99))).toBeUndefined();
  });
});
