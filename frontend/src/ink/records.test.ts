import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../testing/arbitraries';
import { readDocument, readStrokes, rounded, writeDocument } from './document';
import { change, newDrawing, redo, undo } from './drawing';
import { SAMPLES } from './samples';
import { SAMPLE_PICTURES } from './samplePictures';
import { writeFileTable, writeTable } from './table';

function times<T>(count: number, step: (value: T) => T, value: T): T {
  return count === 0 ? value : times(count - 1, step, step(value));
}

describe('a drawing', () => {
  const one = [[[0, 0]]] as const;
  const two = [...one, [[1, 1]]] as const;

  it('goes back and forth through its changes', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.drawing, { maxLength: 8 }), fc.nat({ max: 8 }), (changes, steps) => {
        const first = newDrawing('a');
        const last = changes.reduce((drawing, strokes) => change(drawing, strokes), first);
        const back = times(steps, undo, last);
        expect(back.strokes).toBe([first.strokes, ...changes].at(-1 - steps) ?? first.strokes);
        expect(times(steps, redo, back).strokes).toBe(last.strokes);
      }),
    );
  });

  it('forgets what was undone once something else is drawn', () => {
    const drawing = change(undo(change(change(newDrawing('a'), one), two)), two);
    expect(redo(drawing)).toBe(drawing);
  });

  it('is another drawing after it was cleared, and the same again after undo', () => {
    const cleared = change(change(newDrawing('a'), one), [], 'b');
    expect(cleared.id).toBe('b');
    expect(undo(cleared).id).toBe('a');
  });

  it('does not note a change that changes nothing', () => {
    const drawing = change(newDrawing('a'), one);
    expect(change(drawing, drawing.strokes)).toBe(drawing);
    expect(undo(newDrawing('a')).past).toEqual([]);
  });
});

describe('a drawing file', () => {
  it('gives back what was saved', () => {
    fc.assert(
      fc.property(arbitrary.drawing, (strokes) => {
        expect(readDocument(writeDocument(strokes))).toEqual(JSON.parse(JSON.stringify(strokes.map(rounded))));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'digit'],
    ['null', 'null'],
    ['another kind of file', '{"strokes": [[[0, 0]]]}'],
    ['points that are none', '{"kind": "handwritten-digit", "strokes": [[[0]]]}'],
    ['points out of sight', '{"kind": "handwritten-digit", "strokes": [[[0, 1e9]]]}'],
    ['no strokes', '{"kind": "handwritten-digit", "strokes": []}'],
  ])('with %s is refused in a sentence', (_, text) => {
    expect(() => readDocument(text)).toThrow(/drawing/);
  });

  it('is never believed blindly', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const strokes = readStrokes(value);
        expect(strokes === undefined || strokes.every((stroke) => stroke.length > 0)).toBe(true);
      }),
    );
  });
});

describe('the table of a session', () => {
  it('has a column for every value and quotes what would break a row', () => {
    const row = {
      when: '2026-01-01T00:00:00Z',
      digit: null,
      confidence: 0.5,
      probabilities: Array<number>(10).fill(0.1),
      milliseconds: 12.4,
      strokes: [1, 2],
      model: 'a, "b"',
    };
    const [header, line] = writeTable([row]).split('\r\n');
    expect(header.split(',')).toHaveLength(16);
    expect(line).toBe(`2026-01-01T00:00:00Z,,0.5,${'0.1,'.repeat(10)}12,2,"a, ""b"""`);
  });

  it('tells each file’s digit or why it has none', () => {
    const prediction = { digit: 3, confidence: 0.9, probabilities: Array<number>(10).fill(0.1), model: 'm' };
    const rows = [
      { name: 'three.png', prediction, reason: '' },
      { name: 'notes.pdf', reason: 'That is no picture.' },
    ];
    const [header, ...lines] = writeFileTable(rows).trimEnd().split('\r\n').map((line) => line.split(','));
    expect(lines.map((line) => line.length)).toEqual([header.length, header.length]);
    expect(lines[0].slice(0, 3)).toEqual(['three.png', '3', '0.9']);
    expect(lines[1][header.indexOf('reason')]).toBe('That is no picture.');
  });

  it('lets no file name become a formula', () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']) {
      expect(writeFileTable([{ name, reason: '' }]).split('\r\n')[1]).toMatch(/^"?'/);
    }
    expect(writeFileTable([{ name: '7=seven.png', reason: '' }])).toContain('\n7=seven.png,');
  });
});

describe('the samples', () => {
  it('have pictures, each of a digit', () => {
    expect(SAMPLE_PICTURES.length).toBeGreaterThanOrEqual(3);
    for (const { name, strokes } of SAMPLE_PICTURES) {
      expect(name).toMatch(/^a \d/);
      expect(strokes.length).toBeGreaterThan(0);
    }
  });

  it('show every digit, and each lies on the paper', () => {
    expect(new Set(SAMPLES.map(({ digit }) => digit)).size).toBe(10);
    for (const [x, y] of SAMPLES.flatMap(({ strokes }) => strokes.flat())) {
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(Math.max(x, y)).toBeLessThan(1);
    }
  });
});
