import { describe, expect, it } from 'vitest';
import { factsOf } from './AboutModel';

describe('the facts of a model', () => {
  it('are left out where the server tells none', () => {
    expect(factsOf({ data: [], figures: {}, refused: {} })).toEqual([]);
    const figures = { mnist_test: { accuracy: 0.9961 } };
    const facts = factsOf({ data: ['MNIST'], parameters: 394154, figures, refused: { scribbles: 0.991 } });
    expect(facts).toContainEqual(['Scribbles refused', '99.10%']);
    expect(facts).toContainEqual(['Right on MNIST’s test images', '99.61%']);
    expect(facts).toContainEqual(['Parameters', '394,154']);
  });
});
