import { describe, expect, it } from 'vitest';
import { explanationOf } from '../testing/explanations';
import { wordsForEvidence } from './evidenceWords';

describe('the words for evidence', () => {
  it('say where it lies', () => {
    expect(wordsForEvidence(explanationOf(4, 9), false).summary).toBe(
      'What speaks for a 4 lies mostly in the upper left. Hardly any ink speaks against it.',
    );
    expect(wordsForEvidence(explanationOf(4, 8), true)).toMatchObject({
      title: 'What would make it an 8',
      summary: 'Ink to add lies mostly at the bottom.',
    });
  });

  it('say so where there is none', () => {
    const zeros = Array<number>(784).fill(0);
    const blank = { ...explanationOf(0, 1), digit: null, character: null, saliency: zeros, counter_evidence: zeros };
    expect(wordsForEvidence(blank, false).summary).toBe('Nothing here speaks for or against any digit.');
    expect(wordsForEvidence(blank, true).summary).toBe('No change in one place would make it a 1.');
  });
});
