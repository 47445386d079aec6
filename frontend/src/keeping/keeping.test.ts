import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounded } from '../ink/strokeData';
import * as arbitrary from '../testing/arbitraries';
import { readDocument, writeDocument } from './drawingFile';
import { writeTable } from './historyTable';

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
});
