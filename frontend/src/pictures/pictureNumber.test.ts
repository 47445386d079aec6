import { describe, expect, it } from 'vitest';
import type { PictureText } from '../api/types';
import { isDoubtful, textOf } from '../reading/reading';
import { pictureTextOf, predictionOf } from '../testing/answers';
import { isNumber, numberOn } from './pictureNumber';

const SIZE = { width: 200, height: 100 };
const SURE = predictionOf(4, 0.99);
const REFUSED = predictionOf(null);

/** The number with the box of one character changed. */
const withBox = (text: PictureText, place: number, box: number[]): PictureText => ({
  ...text,
  characters: text.characters.with(place, { ...text.characters[place], box }),
});

describe('a picture', () => {
  it('of one character is none of a number, whatever is made of that', () => {
    for (const prediction of [SURE, REFUSED]) expect(isNumber(prediction, pictureTextOf('4', 1), SIZE)).toBe(false);
    expect(isNumber(REFUSED, pictureTextOf('', 0), SIZE)).toBe(false);
  });

  it('of several is one of a number, also where one of them is read as a digit', () => {
    for (const prediction of [SURE, REFUSED]) {
      expect(isNumber(prediction, pictureTextOf('42'), SIZE)).toBe(true);
      expect(isNumber(prediction, pictureTextOf('4\n2'), SIZE)).toBe(true);
      expect(isNumber(prediction, pictureTextOf('42'))).toBe(true); // of a size that isn't known
    }
  });

  it('stays what it was where the number is less than sure', () => {
    for (const prediction of [SURE, REFUSED]) expect(isNumber(prediction, pictureTextOf('42', 0.7), SIZE)).toBe(false);
  });

  it.each([
    ['what is cut off by the edge on the left', [0, 10, 10, 20]],
    ['on the right', [190, 10, 10, 20]],
    ['above', [30, 0, 10, 20]],
    ['below', [30, 80, 10, 20]],
    ['something far smaller', [30, 10, 10, 8]],
  ])('of a digit and %s stays one of a digit', (_, box) => {
    expect(isNumber(SURE, withBox(pictureTextOf('41'), 1, box), SIZE)).toBe(false);
    expect(isNumber(SURE, withBox(pictureTextOf('412'), 1, box), SIZE)).toBe(true);
  });
});

describe('a number on a picture', () => {
  it('has its text, and boxes in heights of the picture', () => {
    const read = numberOn(SURE, pictureTextOf('40\n2', 0.8), SIZE);
    expect(read).toMatchObject({ digit: null, character: null, confidence: 0.8, text: '40\n2', pictureWidth: 2 });
    expect(textOf(read)).toBe('40\n2');
    expect(read.characters?.map(({ label, line }) => [label, line])).toEqual([['4', 0], ['0', 0], ['2', 1]]); // prettier-ignore
    expect(read.characters?.[2].box).toEqual({ left: 0.1, top: 0.4, right: 0.2, bottom: 0.6 });
    expect(read.characters?.[0].prediction).toMatchObject({ digit: 4, character: '4', confidence: 0.95 });
  });

  it('marks a digit that is less than sure', () => {
    const text = pictureTextOf('42');
    const [four, two] = text.characters;
    const read = numberOn(REFUSED, { ...text, characters: [{ ...four, confidence: 0.6 }, two] }, SIZE);
    expect(read.characters?.map(isDoubtful)).toEqual([true, false]);
  });

  it('shows the stages of the whole picture, and none of one digit', () => {
    const stages = ['grey', 'paper removed', 'ink', 'what the model sees'].map((name) => ({ name, image: '' }));
    expect(numberOn({ ...SURE, stages }, pictureTextOf('42'), SIZE).stages?.map(({ name }) => name)).toEqual(['grey', 'paper removed']);
  });
});
