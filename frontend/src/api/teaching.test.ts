import { describe, expect, it } from 'vitest';
import { lessonNamed } from '../testing/lessons';
import { readKeptLessons, readTeaching, readVersions } from './teaching';

const kept = { ...lessonNamed('a'), created: '2026-11-25T17:00:00Z' };

describe('what the API says of teaching', () => {
  it('is believed as far as it makes sense', () => {
    expect(readTeaching({ teaching: 'token', collections: ['default', 7], kept: 'many' })).toMatchObject({
      teaching: 'token',
      collections: ['default'],
      kept: 0,
    });
    expect(() => readTeaching({ teaching: 'perhaps' })).toThrow('nothing to believe as its teaching');
  });
});

describe('kept lessons', () => {
  it('come with their strokes, of which times are left out', () => {
    const timed = { ...kept, strokes: [[[0.1, 0.2, 0], [0.3, 0.4, 16]]] }; // prettier-ignore
    expect(readKeptLessons({ corrections: [timed] })).toEqual([kept]);
  });

  it('without strokes have pixels alone, and odd ones are left out', () => {
    const lessons = readKeptLessons({ corrections: [{ ...kept, strokes: null }, { ...kept, pixels: [1] }, 7] });
    expect(lessons).toEqual([{ ...kept, strokes: null }]);
  });
});

describe('versions', () => {
  it('are listed as far as they are told', () => {
    const change = { n: 40, before: { answered_right: 0.8, loss: 0.5 }, after: { answered_right: 0.95, loss: 0.2 } };
    const figures = { held_out_lessons: change, mnist_validation: 'better' };
    const versions = readVersions({ versions: [{ version: '2', parent: '1', lessons: 12, served: true, figures }, {}] });
    const read = { held_out_lessons: { n: 40, before: { answered_right: 0.8 }, after: { answered_right: 0.95 } } };
    expect(versions).toEqual([{ version: '2', parent: '1', lessons: 12, served: true, shipped: false, figures: read }]);
  });
});
