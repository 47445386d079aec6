import { describe, expect, it } from 'vitest';
import { readModelFacts } from '../api/answers';
import { factsOf } from './AboutModel';

describe('the facts of a model', () => {
  it('are left out where the server tells none', () => {
    expect(factsOf(readModelFacts({}))).toEqual([]);
    const figures = { mnist_test: { accuracy: 0.9961 } };
    const refusal = { negatives_refused: { scribbles: 0.991 } };
    const facts = factsOf(readModelFacts({ data: ['MNIST'], parameters: 394154, figures, refusal }));
    expect(facts).toContainEqual(['Scribbles refused', '99.10%']);
    expect(facts).toContainEqual(['Right on MNIST’s test images', '99.61%']);
    expect(facts).toContainEqual(['Parameters', '394,154']);
  });
});
