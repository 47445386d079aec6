import { describe, expect, it } from 'vitest';
import { answerOf, characterOf, LETTERS } from '../testing/answers';
import { lessonOf, type Subject, subjectOfAnswer, subjectOfCharacter } from './subject';

const strokes = [[[0.123456, 0.2], [0.3, 0.4]]] as const; // prettier-ignore
const pixels = Array.from({ length: 784 }, (_, i) => (i === 400 ? 200.4 : 0));
const subject = (changes: Partial<Subject> = {}): Subject => {
  const made = subjectOfAnswer(answerOf(4, 0.9), { strokes, pixels });
  if (!made) throw new Error('nothing to teach');
  return { ...made, ...changes };
};

describe('the subject of a lesson', () => {
  it('is what was read of the drawing', () => {
    expect(subject()).toMatchObject({ alphabet: 'digits', read: '4', shown: '4', confidence: 0.9, model: 'test', strokes });
  });

  it('of a picture has the pixels that the model saw, and no strokes', () => {
    expect(subjectOfAnswer({ ...answerOf(4), pixels }, { strokes: null })).toMatchObject({ strokes: null, pixels });
  });

  it('of a letter is of the letters', () => {
    const letter = { ...characterOf('K', LETTERS), milliseconds: 1 };
    expect(subjectOfAnswer(letter, { strokes, pixels })).toMatchObject({ alphabet: 'letters', read: 'K' });
  });

  it('of a character of a number has its own ink, and what a person made of it', () => {
    const box = { left: 0, top: 0, right: 1, bottom: 1 };
    const character = { prediction: answerOf(4), pixels, strokes, box, line: 0, label: '4' };
    expect(subjectOfCharacter(character, '9')).toMatchObject({ read: '4', shown: '9', strokes });
    expect(subjectOfCharacter({ ...character, label: undefined })).toMatchObject({ read: null, shown: null, confidence: null });
  });

  it('is nothing where there is no ink, no version or an alphabet that nobody learns', () => {
    expect(subjectOfAnswer(answerOf(4), { strokes, pixels: pixels.map(() => 0) })).toBeUndefined();
    expect(subjectOfAnswer(answerOf(4), { strokes })).toBeUndefined();
    expect(subjectOfAnswer({ ...answerOf(4), model: undefined }, { strokes, pixels })).toBeUndefined();
    expect(subjectOfAnswer({ ...characterOf('x', ['x', 'y']), milliseconds: 1 }, { strokes, pixels })).toBeUndefined();
  });
});

describe('a lesson', () => {
  it('has a name of its own, a UUID', () => {
    const ids = [lessonOf(subject(), '9', 'default').id, lessonOf(subject(), '9', 'default').id];
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is a correction, a confirmation or of a challenge', () => {
    const kind = (meant: string | null, isChallenge?: boolean) => lessonOf(subject(), meant, 'default', isChallenge).kind;
    expect([kind('9'), kind(null), kind('4'), kind('4', true)]).toEqual(['correction', 'correction', 'confirmation', 'challenge']);
  });

  it('has rounded strokes and whole levels; what would be too much to send is kept as pixels alone', () => {
    const lesson = lessonOf(subject(), '9', 'class 3b');
    expect(lesson).toMatchObject({ strokes: [[[0.1235, 0.2], [0.3, 0.4]]], collection: 'class 3b' }); // prettier-ignore
    expect(lesson.pixels[400]).toBe(200);
    const long = Array.from({ length: 5000 }, () => [0.5, 0.5] as const);
    expect(lessonOf(subject({ strokes: [long] }), '9', 'default').strokes).toBeNull();
  });
});
