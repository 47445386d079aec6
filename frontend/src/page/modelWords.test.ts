import { describe, expect, it } from 'vitest';
import shipped from '../../../models/digit_cnn.json';
import shippedLetters from '../../../models/letter_cnn.json';
import { readModelFacts } from '../api/answers';
import { factsOf, figureTablesOf } from './modelWords';

const figure = { n: 2391, accuracy: 0.99373, answered_right: 0.98913, answered_right_95: [0.98411, 0.99257] };

describe('the facts of a model', () => {
  it('are left out where the server tells none', () => {
    const nothing = readModelFacts({});
    expect(factsOf(nothing)).toEqual([]);
    expect(figureTablesOf(nothing)).toEqual([]);
  });

  it('tell what it is', () => {
    const facts = factsOf(readModelFacts({ data: ['MNIST'], parameters: 394154, figures: { mnist_test: { accuracy: 0.9961 } } }));
    expect(facts).toContainEqual(['Right on MNIST’s test images, refused or not', '99.61%']);
    expect(facts).toContainEqual(['Parameters', '394,154']);
  });

  it('tell how often it is right, with intervals, by writer, input and style, and what it refuses', () => {
    const tables = figureTablesOf(
      readModelFacts({
        figures: { strangers_collections: figure, scans_validation: { n: 20, accuracy: 0.9, accuracy_95: [0.7, 0.97] } },
        styles: {
          'slashed zero': { n: 76, share: 0.98684, share_95: [0.92916, 0.99767] },
          'other 0': { n: 9, share: 1, share_95: [0.7, 1] },
        },
        refusal: { digits_refused: { strangers_collections: 0.00502 }, negatives_refused: { 'real letters': 0.9565 } },
      }),
    );
    expect(tables.map(({ title, rows: [row, ...more] }) => [title, row, more.length])).toEqual([
      [
        'By who wrote it',
        { name: 'Strangers, whole collections', right: '98.9%', interval: '98.4 to 99.3', refused: '0.5%', count: '2,391' },
        0,
      ],
      ['By how it came in', { name: 'Bad scans', right: '90.0%', interval: '70.0 to 97.0', refused: undefined, count: '20' }, 0],
      ['By style, of strangers', { name: 'Slashed zero', right: '98.7%', interval: '92.9 to 99.8', count: '76' }, 0],
      ['What is no digit, and is refused', { name: 'Real letters', refused: '95.7%' }, 0],
    ]);
  });

  it('tell of letters what a model of letters is measured by', () => {
    const tables = figureTablesOf(readModelFacts(shippedLetters));
    expect(tables.map(({ title }) => title)).toEqual([
      'By who wrote it',
      'By how it came in',
      'By letter, of strangers',
      'What is no letter, and is refused',
    ]);
    expect(tables[0].rows.map(({ name }) => name)).toContain('Capitals, strangers, whole collections');
    expect(tables[0].rows.every(({ right, interval, refused }) => right && interval && refused)).toBe(true);
    expect(tables[2].rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['A', 'a']));
  });

  it('are told in full of the model that comes with the page', () => {
    const tables = figureTablesOf(readModelFacts(shipped));
    expect(tables).toHaveLength(4);
    for (const { rows } of tables.slice(0, 3)) {
      expect(rows.length).toBeGreaterThanOrEqual(4);
      expect(rows.every(({ right, interval, count }) => right && interval && count)).toBe(true);
    }
  });
});
