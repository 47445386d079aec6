import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../testing/arbitraries';
import { bestCover } from './covering';
import { cellsOf, strokesOfCells } from './cells';
import { cutAt, cutPlaces } from './cutting';
import { piecesOf, strokesOf } from './groups';
import { characterSize, linesOf } from './lines';
import { choose, confidenceOf, type Judgement, propose, type Proposal, readNumber } from './numbers';
import { SAMPLES } from './samples';
import { frameStrokes, type Stroke } from './strokes';

const SURE: Judgement = { probabilities: [0.99, 0.01], isCharacter: 0.999 };
const NONE: Judgement = { probabilities: [0.5, 0.5], isCharacter: 0.001 };

const at = (strokes: readonly Stroke[], x: number, y: number, size: number): Stroke[] =>
  strokes.map((stroke) => stroke.map(([px, py]) => [x + px * size, y + py * size] as const));

const sample = (digit: number) => SAMPLES.find((each) => each.character === String(digit))?.strokes ?? [];

/** A model that takes for characters just the given ones. */
const knowing = (characters: readonly (readonly Stroke[])[]) => {
  const known = new Set(characters.map((strokes) => frameStrokes(strokes).join()));
  return (proposal: Proposal) => proposal.candidates.map(({ pixels }) => (known.has(pixels.join()) ? SURE : NONE));
};

const chosen = (drawing: readonly Stroke[], characters: readonly (readonly Stroke[])[]) => {
  const proposal = propose(drawing);
  const { found } = choose(proposal, knowing(characters)(proposal));
  return found.map(({ candidate }) => proposal.candidates[candidate].strokes);
};

const inAnyOrder = (groups: readonly (readonly Stroke[])[]) => groups.map((group) => new Set(group));

const DEGENERATE: Record<string, Stroke[]> = {
  nothing: [],
  'a stroke without points': [[]],
  'one dot': [[[0.5, 0.5]]],
  'the same dot thrice': [[[0.5, 0.5]], [[0.5, 0.5]], [[0.5, 0.5]]],
  'a flat bar': [[[0.1, 0.5], [0.9, 0.5]]],
  'the same stroke twice': [[[0.4, 0.2], [0.4, 0.8]], [[0.4, 0.2], [0.4, 0.8]]],
  'a tangle of thirty strokes': Array.from({ length: 30 }, (_, i): Stroke => [[0.2, 0.2 + i / 60], [0.8, 0.8 - i / 60]]),
  'five hundred strokes': Array.from({ length: 500 }, (_, i): Stroke => [[(i % 25) / 25, i / 500], [(i % 25) / 25, i / 500 + 0.02]]),
};

describe('a single character', () => {
  it.each(SAMPLES.map(({ name, strokes }) => [name, strokes] as const))('%s is proposed whole, as it is framed alone', (_, strokes) => {
    const { candidates, whole } = propose(strokes);
    expect(candidates[whole ?? -1].pixels).toEqual(frameStrokes(strokes));
  });

  it.each(SAMPLES.map(({ name, strokes }) => [name, strokes] as const))('%s stays one, whatever its parts look like', (_, strokes) => {
    expect(chosen(strokes, [strokes])).toEqual([strokes]);
  });

  it('of one stroke is the only candidate', () => {
    expect(propose(sample(2)).candidates).toHaveLength(1);
  });
});

describe('strokes are grouped', () => {
  const crossedSeven = SAMPLES.find(({ name }) => name === 'a crossed 7')?.strokes ?? [];

  it('across a crossbar that comes last', () => {
    const [seven, four] = [at(crossedSeven, 0, 0.3, 0.4), at(sample(4), 0.35, 0.3, 0.4)];
    const drawing = [seven[0], ...four, seven[1]];
    expect(inAnyOrder(chosen(drawing, [seven, four]))).toEqual(inAnyOrder([seven, four]));
  });

  it('into digits that overlap a little', () => {
    const [five, two] = [at(sample(5), 0.1, 0.3, 0.4), at(sample(2), 0.27, 0.3, 0.4)];
    expect(inAnyOrder(chosen([...five, ...two], [five, two]))).toEqual(inAnyOrder([five, two]));
  });

  it('in reading order, whatever the order in which they were drawn', () => {
    const digits = [1, 2, 3, 4, 5, 6].map((digit, i) => at(sample(digit), 0.3 * (i % 3), i < 3 ? 0 : 0.5, 0.35));
    const drawing = [5, 1, 3, 0, 4, 2].flatMap((i) => digits[i]);
    expect(inAnyOrder(chosen(drawing, digits))).toEqual(inAnyOrder(digits));
  });

  it('as any digits side by side, at any size and place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.1, max: 0.4, noNaN: true }),
        fc.double({ min: -0.2, max: 0.5, noNaN: true }),
        (digits, size, y) => {
          const drawn = digits.map((digit, i) => at(sample(digit), i * 0.75 * size, y, size));
          expect(inAnyOrder(chosen(drawn.flat(), drawn))).toEqual(inAnyOrder(drawn));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('any drawing', () => {
  const judgement = fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([isCharacter, p]): Judgement => ({ isCharacter, probabilities: [p, 1 - p] }));

  it('has each of its strokes in exactly one group, whatever the model says', () => {
    fc.assert(
      fc.property(arbitrary.drawing, fc.infiniteStream(judgement), (drawing, judgements) => {
        const before = JSON.stringify(drawing);
        const proposal = propose(drawing);
        const { found, share } = choose(proposal, proposal.candidates.map(() => judgements.next().value as Judgement));
        const strokes = found.flatMap(({ candidate }) => proposal.candidates[candidate].strokes);
        expect(strokes).toHaveLength(drawing.length);
        expect(new Set(strokes)).toEqual(new Set(drawing));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
        expect(JSON.stringify(drawing)).toBe(before);
      }),
    );
  });

  it.each(Object.entries(DEGENERATE))('is read in bounded work: %s', async (_, drawing) => {
    const asked: number[] = [];
    const reading = await readNumber(propose(drawing), (images) => {
      asked.push(images.length);
      return Promise.resolve(images.map(() => NONE));
    });
    const inked = drawing.filter((stroke) => stroke.length > 0);
    const { found } = reading.segmentation;
    expect(found.flatMap(({ candidate }) => reading.proposal.candidates[candidate].strokes)).toHaveLength(inked.length);
    expect(Math.max(...asked)).toBeLessThan(1000);
  });
});

describe('lines', () => {
  it('hold every stroke once, and keep a roof with what it covers', () => {
    const five = at(SAMPLES.find(({ name }) => name === 'a 5 with a late roof')?.strokes ?? [], 0, 0, 0.4);
    const below = at(sample(1), 0, 0.5, 0.4);
    expect(linesOf([...below, ...five])).toEqual([[1, 2], [0]]);
    fc.assert(
      fc.property(arbitrary.drawing, (drawing) => {
        expect(linesOf(drawing).flat().sort((a, b) => a - b)).toEqual(drawing.map((_, i) => i));
      }),
    );
  });

  it('slant without falling apart', () => {
    const digits = [0, 1, 2, 3, 4].flatMap((i) => at(sample(3), i * 0.3, i * 0.1, 0.35));
    expect(linesOf(digits)).toHaveLength(1);
  });
});

describe('cuts', () => {
  const joinedZeros: Stroke = Array.from({ length: 81 }, (_, i) => {
    const turn = (2 * Math.PI * (i % 40)) / 40;
    const middle = i < 40 ? 0.25 : 0.75;
    return i === 80 ? [0.75, 0.25] as const : [middle - 0.2 * Math.sin(turn), 0.5 - 0.25 * Math.cos(turn)] as const;
  });

  it('part two characters that are written without a lift', async () => {
    const zero = (parts: readonly Stroke[]) => parts.some((_, i) => Math.abs(parts.slice(0, i + 1).flat().length - i - 41) <= 3);
    const size = characterSize([joinedZeros]);
    expect(zero(cutAt(joinedZeros, cutPlaces(joinedZeros, size)))).toBe(true);
    const { segmentation } = await readNumber(propose([joinedZeros]), (images) => Promise.resolve(images.map(() => NONE)));
    expect(segmentation.found.length).toBeGreaterThan(0);
  });

  it('lose no point: the parts put together are the stroke', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.point, { minLength: 2, maxLength: 60 }), (stroke) => {
        const places = cutPlaces(stroke, characterSize([stroke]));
        const parts = cutAt(stroke, places).map((points, part) => ({ stroke: 0, part, strokes: [points], points }));
        expect(strokesOf(parts)).toEqual([stroke]);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the confidence in a number', () => {
  it('is sure of what is sure, and falls with every doubt', () => {
    expect(confidenceOf([1, 1], 1)).toBe(1);
    expect(confidenceOf([1, 1], 0)).toBe(0);
    const shares = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(shares, { minLength: 1 }), shares, shares, (confidences, share, doubt) => {
        const confidence = confidenceOf(confidences, share);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(confidenceOf([...confidences, doubt], share)).toBeLessThanOrEqual(confidence);
        expect(confidenceOf(confidences, share * doubt)).toBeLessThanOrEqual(confidence);
      }),
    );
  });
});

describe('a drawing that grows', () => {
  it('has the images of the strokes that stay drawn already', () => {
    const [first, then] = [at(sample(4), 0, 0, 0.4), at(sample(3), 0.5, 0, 0.4)];
    const before = new Set(propose(first).candidates.map(({ pixels }) => pixels));
    const after = propose([...first, ...then]).candidates.map(({ pixels }) => pixels);
    expect(after.filter((pixels) => before.has(pixels))).toHaveLength(before.size);
  });

  it('is cut into the same parts again', () => {
    const [stroke] = sample(3);
    expect(cutAt(stroke, [3])[1]).toBe(cutAt(stroke, [3])[1]);
    expect(cutAt(stroke, [3])[1]).not.toEqual(cutAt(stroke, [4])[1]);
  });
});

describe('pieces', () => {
  it('are the strokes, but one for a tangle such as the keyboard grid draws', () => {
    const grid = DEGENERATE['a tangle of thirty strokes'];
    expect(piecesOf(grid, characterSize(grid))).toHaveLength(1);
    const cells = strokesOfCells(cellsOf(sample(4)));
    expect(piecesOf(cells, characterSize(cells))).toHaveLength(1);
    expect(piecesOf(sample(4), characterSize(sample(4))).map(({ points }) => points)).toEqual(sample(4));
  });
});

describe('the best cover', () => {
  it('is the one that trying all of them finds', () => {
    const subset = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 });
    const group = fc.tuple(subset.map((places) => places.sort((a, b) => a - b)), fc.double({ min: -5, max: 5, noNaN: true }));
    fc.assert(
      fc.property(fc.array(group, { maxLength: 8 }), (extra) => {
        const all = [...[0, 1, 2, 3, 4].map((i): [number[], number] => [[i], -1]), ...extra];
        const [groups, scores] = [all.map(([places]) => places), all.map(([, score]) => score)];
        const every = (covered: readonly number[]): number => {
          const first = [0, 1, 2, 3, 4].find((i) => !covered.includes(i));
          if (first === undefined) return 0;
          const fits = groups.flatMap((places, i) => (places[0] === first && !places.some((p) => covered.includes(p)) ? [i] : []));
          return Math.max(...fits.map((i) => scores[i] + every([...covered, ...groups[i]])));
        };
        expect(bestCover(5, groups, scores).score).toBeCloseTo(every([]), 9);
      }),
    );
  });
});

describe('a stroke with a hook where the pen was lifted', () => {
  const bare: Stroke = [[0.3, 0.1], [0.25, 0.3], [0.2, 0.5], [0.15, 0.7], [0.1, 0.9]];
  const hooked: Stroke = [...bare, [0.2, 0.75]];
  const beside: Stroke = [[0.6, 0.1], [0.8, 0.2], [0.6, 0.5], [0.9, 0.9]];

  it('is shown to the model with and without it, and stays as drawn in the answer', () => {
    const { candidates } = propose([hooked, beside]);
    const of = candidates.filter(({ strokes }) => strokes.length === 1 && strokes[0] === hooked);
    expect(of.map(({ pixels }) => pixels)).toEqual([frameStrokes([hooked]), frameStrokes([bare])]);
  });

  it('is shown as drawn where it may be the only character', () => {
    const { candidates, whole = -1 } = propose([hooked]);
    expect(candidates[whole].pixels).toEqual(frameStrokes([hooked]));
  });
});
