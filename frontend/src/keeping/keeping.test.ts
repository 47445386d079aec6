import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounded } from '../ink/strokeData';
import type { Stroke } from '../ink/strokes';
import { characterOf, predictionOf } from '../testing/answers';
import * as arbitrary from '../testing/arbitraries';
import { readDocument, writeDocument } from './drawingFile';
import { writeHistoryTable } from './historyTable';

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
  const dot: Stroke = [[0.5, 0.5]];
  const entry = { id: 'a', when: '2026-01-01T00:00:00Z', milliseconds: 12.4, strokes: [dot, dot] };

  it('has a column for every value and quotes what would break a row', () => {
    const answer = { ...predictionOf(null), probabilities: Array<number>(10).fill(0.1), model: 'a, "b"' };
    const [header, line] = writeHistoryTable([{ ...entry, ...answer, confidence: 0.5 }]).split('\r\n');
    expect(header.split(',')).toHaveLength(18);
    expect(line).toBe(`2026-01-01T00:00:00Z,,0.5,${'0.1,'.repeat(10)}12,2,"a, ""b""",,`);
  });

  it('has the whole text of a number, and no probabilities for it', () => {
    const number = { ...entry, ...predictionOf(null), probabilities: [], confidence: 0.9, text: '42' };
    const [header, line] = writeHistoryTable([number]).split('\r\n').map((row) => row.split(','));
    expect(['text', 'digit', 'p4'].map((column) => line[header.indexOf(column)])).toEqual(['42', '', '']);
  });

  it('has a column for each label of any alphabet, empty where a row knows none', () => {
    const rows = [{ ...entry, ...predictionOf(7, 0.91) }, { ...entry, ...characterOf('B', ['A', 'B'], 0.8) }];
    const [header, seven, b] = writeHistoryTable(rows).split('\r\n').map((line) => line.split(','));
    expect(header.slice(3, 15)).toEqual(Array.from('0123456789AB', (label) => `p${label}`));
    const of = (line: string[], column: string) => line[header.indexOf(column)];
    expect(['digit', 'character', 'p7', 'pB'].map((column) => of(seven, column))).toEqual(['7', '7', '0.91', '']);
    expect(['digit', 'character', 'p7', 'pB'].map((column) => of(b, column))).toEqual(['', 'B', '', '0.8']);
  });
});
