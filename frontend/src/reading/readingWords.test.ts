import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiFailure, type FailureKind } from '../api/failures';
import { answerOf, characterOf, predictionOf } from '../testing/answers';
import { type Answer, type Reading, runnerUpOf } from './reading';
import { sureness, wordsFor } from './readingWords';

const failed = (kind: FailureKind): Reading => ({
  state: 'failed',
  failure: new ApiFailure(kind, 'Because.'),
  retrying: false,
});

describe('the words for a state', () => {
  it('differ from state to state', () => {
    const kinds: FailureKind[] = ['offline', 'starting', 'rejected', 'wrong type', 'too large', 'busy', 'broken', 'malformed'];
    const readings: Reading[] = [
      { state: 'empty' },
      { state: 'unasked' },
      { state: 'waiting', slow: false, sent: 1 },
      { state: 'waiting', slow: true, sent: 1 },
      { state: 'waiting', slow: true, sent: 0.4 },
      { state: 'answered', answer: answerOf(7) },
      { state: 'refused', answer: answerOf(null) },
      ...kinds.map(failed),
    ];
    const titles = readings.map((reading) => wordsFor(reading, 'ready').title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('stay those of the answer before during a short wait, not a long one', () => {
    const previous = answerOf(7);
    const before = wordsFor({ state: 'answered', answer: previous }, 'ready');
    expect(wordsFor({ state: 'waiting', slow: false, sent: 1, previous }, 'ready')).toEqual(before);
    expect(wordsFor({ state: 'waiting', slow: true, sent: 1, previous }, 'ready').title).toBe('Still reading…');
  });

  it('say that the server is away before anything is drawn', () => {
    expect(wordsFor({ state: 'empty' }, 'offline').title).toBe('Server offline.');
    expect(wordsFor({ state: 'empty' }, 'starting').title).toBe('The server is starting.');
  });

  it('offer another try only where it can help', () => {
    expect(wordsFor(failed('broken'), 'ready').canRetry).toBe(true);
    expect(wordsFor(failed('malformed'), 'ready').canRetry).toBe(true);
    expect(wordsFor(failed('rejected'), 'ready').canRetry).toBeUndefined();
  });

  it('name the runner-up when it is close', () => {
    const probabilities = [0, 0.4, 0, 0, 0, 0, 0, 0.6, 0, 0];
    const answer = { ...answerOf(7, 0.6), probabilities };
    expect(wordsFor({ state: 'answered', answer }, 'ready').title).toBe('Perhaps a 7, or a 1?');
    expect(wordsFor({ state: 'answered', answer: answerOf(8, 0.999) }, 'ready').title).toBe('Almost certainly an 8.');
    expect(runnerUpOf(predictionOf(7, 0.98))).toBeUndefined();
  });

  it('name what a picture that may stand on its head shows', () => {
    const detailOf = (answer: Answer) => wordsFor({ state: 'answered', answer }, 'ready').detail;
    expect(detailOf({ ...answerOf(7), upside_down: '8' })).toMatch(/ Upside down it is an 8\.$/);
    expect(detailOf(answerOf(7))).not.toMatch(/Upside down/);
  });
});

describe('the words for a refusal', () => {
  it('say why, but not the same twice', () => {
    const refusal = (reason: string, code?: string) =>
      wordsFor({ state: 'refused', answer: { ...answerOf(null), reason, reason_code: code } }, 'ready');
    expect(refusal('nothing is drawn', 'nothing_drawn')).toMatchObject({ title: 'No digit is read.', detail: 'Nothing is drawn.' });
    expect(refusal('it has six legs', 'not_a_character').detail).toBe('Letters and scribbles are not read.');
    expect(refusal('all values lie in 0..1', 'a_code_to_come').detail).toBe('All values lie in 0..1.');
    expect(refusal('it has six legs').detail).toBe('It has six legs.');
  });

  it('call it by the alphabet that was read', () => {
    const letters = ['A', 'B', 'C'];
    const answer = { ...characterOf('A', letters), milliseconds: 12 };
    const refused = { ...answer, character: null, reason_code: 'not_a_character' };
    expect(wordsFor({ state: 'answered', answer }, 'ready').title).toBe('Very likely an A.');
    expect(wordsFor({ state: 'refused', answer: refused }, 'ready').title).toBe('That doesn’t look like a letter.');
  });
});

describe('the words for a confidence', () => {
  it('grow with it, and claim no more than the calibrated probability', () => {
    const words = [0.3, 0.5, 0.7, 0.9, 0.99].map(sureness);
    expect(words).toEqual(['At a guess', 'Perhaps', 'Probably', 'Very likely', 'Almost certainly']);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(words.indexOf(sureness(less))).toBeLessThanOrEqual(words.indexOf(sureness(more)));
      }),
    );
  });

  it('leave no room for a likely runner-up unsaid', () => {
    const probabilities = [0.88, 0.12, ...Array<number>(8).fill(0)];
    expect(runnerUpOf({ ...predictionOf(0, 0.88), probabilities })).toBe('1');
  });
});
