import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { SAMPLES } from '../ink/samples';
import { frameStrokes, type Stroke } from '../ink/strokes';
import { predictionOf } from '../testing/answers';
import { predictDrawing, readDrawing } from './drawnNumber';
import { createJudging } from './judging';
import { isDoubtful, secondOf, textOf, textOfCharacters } from './reading';

vi.mock('../api/client');

const zero = SAMPLES[0].strokes;
const beside = (strokes: readonly Stroke[], x: number): Stroke[] =>
  strokes.map((stroke) => stroke.map(([px, py]) => [x + 0.4 * px, 0.4 * py] as const));

beforeEach(() => {
  vi.resetAllMocks();
});

/** Sees a 7 in each of these, and nothing in anything else. */
const seeing = (...characters: Stroke[][]) => {
  const known = new Set(characters.map((strokes) => frameStrokes(strokes).join()));
  return (images: readonly Uint8Array[]) =>
    Promise.resolve(
      images.map((pixels) => {
        const isOne = known.has(pixels.join());
        const prediction = { ...predictionOf(isOne ? 7 : null, 0.95), is_character: isOne ? 0.999 : 0.001 };
        return { prediction, probabilities: prediction.probabilities, isCharacter: prediction.is_character };
      }),
    );
};

describe('a drawing', () => {
  it('of one stroke is asked for alone, as it always was', async () => {
    vi.mocked(api.predict).mockResolvedValue(predictionOf(0));
    expect(await predictDrawing(zero)).toEqual(predictionOf(0));
    expect(vi.mocked(api.predict).mock.calls[0][0]).toEqual(frameStrokes(zero));
    expect(api.predictBatch).not.toHaveBeenCalled();
  });

  it('of two characters is a number that knows both', async () => {
    const [one, other] = [beside(zero, 0), beside(zero, 0.5)];
    const read = await readDrawing([...one, ...other], seeing(one, other));
    expect(read).toMatchObject({ digit: null, character: null, text: '77' });
    expect(read.characters?.map(({ label }) => label)).toEqual(['7', '7']);
    expect(read.confidence).toBeLessThan(0.95);
  });

  it('in which nothing is seen is refused whole', async () => {
    const read = await readDrawing([...beside(zero, 0), ...beside(zero, 0.5)], seeing());
    expect(textOf(read)).toBe('');
    expect(read.characters).toBeUndefined();
  });
});

describe('judging', () => {
  it('asks for an image once, and anew when another model answers', async () => {
    const ask = vi.fn((images: readonly Uint8Array[]) => Promise.resolve(images.map(() => predictionOf(1))));
    const judge = createJudging(ask);
    const [a, b] = [new Uint8Array(784).fill(1), new Uint8Array(784).fill(2)];
    expect(await judge([a, b, a])).toHaveLength(3);
    await judge([b, a]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask.mock.calls[0][0]).toEqual([a, b]);
    ask.mockImplementation((images) => Promise.resolve(images.map(() => ({ ...predictionOf(1), model: 'newer' }))));
    await judge([new Uint8Array(784).fill(3)]);
    await judge([a]);
    expect(ask).toHaveBeenCalledTimes(3);
  });
});

describe('characters', () => {
  it('make lines of text, without what is read as none', () => {
    const text = [{ label: '1', line: 0 }, { line: 0 }, { label: '2', line: 0 }, { label: '3', line: 1 }];
    expect(textOfCharacters(text)).toBe('12\n3');
  });

  it('are in doubt where they are less than sure, and know their runner-up', () => {
    const of = (confidence: number) => ({ prediction: predictionOf(4, confidence), pixels: [], box: { left: 0, top: 0, right: 1, bottom: 1 }, line: 0, label: '4' });
    expect([0.5, 0.79, 0.81, 0.99].map((confidence) => isDoubtful(of(confidence)))).toEqual([true, true, false, false]);
    expect(secondOf({ ...predictionOf(4), probabilities: [0, 0, 0.3, 0, 0.7, 0, 0, 0, 0, 0] })).toBe('2');
  });
});
