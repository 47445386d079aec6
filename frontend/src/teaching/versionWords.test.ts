import { describe, expect, it } from 'vitest';
import type { ModelVersion } from '../api/teaching';
import { versionRowsOf } from './versionWords';

const change = (n: number, before: number, after: number) => ({ n, before: { answered_right: before }, after: { answered_right: after } });
const trained: ModelVersion = { version: '1', figures: {}, served: false, shipped: true };
const learnt: ModelVersion = {
  version: '2',
  parent: '1',
  lessons: 40,
  figures: {
    held_out_lessons: change(10, 0.7, 0.9),
    mnist_validation: change(900, 0.99, 0.99),
    strangers: change(100, 0.9, 1),
    drawn_negatives: change(1000, 0.5, 0.4),
  },
  served: true,
  shipped: false,
};

describe('the line of models', () => {
  it('says what each has learnt, and what that changed of its lessons and of all others together', () => {
    expect(versionRowsOf([learnt, trained])).toEqual([
      { version: '2', served: true, origin: 'from 40 lessons', lessons: '70.0% → 90.0%', others: '98.1% → 99.1%' },
      { version: '1', served: false, origin: 'as it was trained', lessons: '', others: '' },
    ]);
  });

  it('is not told where nothing has been learnt', () => {
    expect(versionRowsOf([{ ...trained, served: true }])).toEqual([]);
    expect(versionRowsOf([])).toEqual([]);
  });
});
