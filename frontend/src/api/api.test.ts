import { AxiosError, AxiosHeaders, CanceledError } from 'axios';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterOf, predictionOf } from '../testing/answers';
import { explanationOf, LAYERS } from '../testing/explanations';
import { addressIn, roomsIn } from './address';
import { DIGITS, readExplanation, readModelFacts, readPrediction, readPredictions } from './answers';
import { ApiFailure, asFailure } from './failures';

describe('the address of the API', () => {
  const page = { protocol: 'http:', hostname: 'my-laptop.local' };

  it('is what the page’s server says, or the page’s host on the port that it says', () => {
    expect(addressIn({ api: 5310 }, page)).toBe('http://my-laptop.local:5310');
    expect(addressIn({ api: 'https://digits.example/api/' }, page)).toBe('https://digits.example/api');
  });

  it.each([undefined, null, {}, { api: '' }, { api: [1] }, 'page'])('is on port 5000 where it says %j', (config) => {
    expect(addressIn(config, page)).toBe('http://my-laptop.local:5000');
  });
});

describe('the address of the rooms', () => {
  const page = { protocol: 'https:', hostname: 'my-laptop.local', href: 'https://my-laptop.local:8443/digits/#t=a' };

  it.each([
    [{ together: 5050 }, 'wss://my-laptop.local:5050'],
    [{ together: '/digits/together' }, 'wss://my-laptop.local:8443/digits/together'],
    [{ together: 'http://192.0.2.7:5050/' }, 'ws://192.0.2.7:5050'],
    [{ together: 'http://' }, undefined],
    [{ together: null }, undefined],
    [undefined, undefined],
  ])('where the page’s server says %j is %s', (config, address) => {
    expect(roomsIn(config, page)).toBe(address);
  });
});

describe('a prediction', () => {
  it('is believed when it is one, whatever else the server adds', () => {
    const read = readPrediction({ ...predictionOf(7), stages: [], reason: null });
    expect(read).toMatchObject({ ...predictionOf(7), reason: undefined });
    const refusal = { ...predictionOf(null), reason: 'empty', reason_code: 'a_code_to_come' };
    expect(readPrediction(refusal)).toMatchObject(refusal);
  });

  it('is of digits where the server tells no labels, and of any alphabet where it does', () => {
    const { labels, character, ...old } = predictionOf(7);
    expect(readPrediction(old)).toMatchObject({ labels, character });
    const letter = characterOf('B', ['A', 'B', 'C']);
    expect(readPrediction(letter)).toMatchObject(letter);
  });

  it('brings the stages of a picture, and none that lies elsewhere or is no picture', () => {
    const stage = { name: 'ink', image: 'data:image/png;base64,iVBORw0K' };
    const odd = [{ name: 'ink' }, { ...stage, image: 'https://elsewhere.example/ink.png' }, { ...stage, name: 1 }, null];
    expect(readPrediction({ ...predictionOf(7), stages: [stage, ...odd] }).stages).toEqual([stage]);
    expect(readPrediction({ ...predictionOf(7), stages: 'many' }).stages).toBeUndefined();
  });

  const broken: Record<string, unknown> = {
    'no object': 'seven',
    null: null,
    'a list': [],
    'no digit': { ...predictionOf(7), digit: undefined },
    'digit 10': { ...predictionOf(7), digit: 10 },
    'digit as text': { ...predictionOf(7), digit: '7' },
    'half a digit': { ...predictionOf(7), digit: 6.5 },
    'confidence over 1': { ...predictionOf(7), confidence: 1.2 },
    'a character that it has no label for': { ...predictionOf(7), character: 'K' },
    'labels that are none': { ...predictionOf(7), labels: Array(10).fill(7) },
    'fewer labels than probabilities': { ...predictionOf(7), labels: DIGITS.slice(0, 8) },
    'nine probabilities': { ...predictionOf(7), probabilities: Array(9).fill(0.1) },
    'a probability that is none': { ...predictionOf(7), probabilities: Array(10).fill(null) },
    'too few pixels': { ...predictionOf(7), pixels: [1, 2] },
    'pixels over 255': { ...predictionOf(7), pixels: Array(784).fill(256) },
  };
  it.each(Object.keys(broken))('is malformed with %s', (name) => {
    expect(() => readPrediction(broken[name])).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });

  it('is never made of any odd JSON, nor breaks on it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(() => readPrediction(body)).toThrow(ApiFailure);
      }),
    );
  });

  it('tells in words what can’t be believed', () => {
    expect(() => readPrediction({ ...predictionOf(7), probabilities: Array(10).fill('many') })).toThrow(
      'The answer holds nothing to believe as its probabilities.0.',
    );
  });

  it('comes in batches of the size that was asked for, with labels for all', () => {
    const labels = ['A', 'B', 'C'];
    const letter = { ...characterOf('B', labels), labels: undefined };
    expect(readPredictions({ predictions: [letter], labels }, 1)).toMatchObject([{ character: 'B', labels }]);
    const predictions = [predictionOf(1), predictionOf(2)];
    expect(readPredictions({ predictions }, 2).map(({ digit }) => digit)).toEqual([1, 2]);
    expect(() => readPredictions({ predictions }, 3)).toThrow(ApiFailure);
  });
});

describe('an explanation', () => {
  const explanation = explanationOf(4, 9);

  it('is believed when it is one', () => {
    expect(readExplanation(explanation)).toMatchObject(explanation);
    expect(readExplanation({ ...explanation, layers: [] }).layers).toEqual([]);
  });

  const broken: Record<string, unknown> = {
    'no prediction': { ...explanation, probabilities: undefined },
    'no guess': { ...explanation, guess: null },
    'a runner-up of 10': { ...explanation, runner_up: 10 },
    'too little saliency': { ...explanation, saliency: [1] },
    'counter-evidence over 1': { ...explanation, counter_evidence: Array(784).fill(2) },
    'a layer without a shape': { ...explanation, layers: [{ ...LAYERS[0], shape: undefined }] },
    'a layer of no maps': { ...explanation, layers: [{ ...LAYERS[0], columns: 0 }] },
    'a layer from elsewhere': { ...explanation, layers: [{ ...LAYERS[0], image: 'https://elsewhere.example/' }] },
    'any layers': { ...explanation, layers: 'many' },
  };
  it.each(Object.keys(broken))('is malformed with %s', (name) => {
    expect(() => readExplanation(broken[name])).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });
});

describe('the facts of a model', () => {
  it('may all be missing or odd', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        expect(readModelFacts(body).data).toBeInstanceOf(Array);
      }),
    );
    const refusal = { threshold: 0.4, digits_refused: { mnist_test: 0.002 }, negatives_refused: { noise: 1, other: 'all' } };
    expect(readModelFacts({ data: 'MNIST', figures: { test: { accuracy: 'high', n: 3 } }, refusal })).toMatchObject({
      data: ['MNIST'],
      figures: { test: { n: 3 } },
      refusal: { digits_refused: { mnist_test: 0.002 }, negatives_refused: { noise: 1 } },
    });
  });
});

describe('a failed request', () => {
  const failed = (status: number, data: unknown = {}, headers: Record<string, string> = {}) => {
    const config = { headers: new AxiosHeaders() };
    const response = { status, data, headers, statusText: '', config };
    return asFailure(new AxiosError('failed', 'ERR', config, {}, response));
  };

  it.each([
    [400, 'rejected'],
    [413, 'too large'],
    [415, 'wrong type'],
    [422, 'rejected'],
    [429, 'busy'],
    [500, 'broken'],
    [502, 'offline'],
    [504, 'offline'],
    [503, 'starting'],
  ])('with status %i is “%s”', (status, kind) => {
    expect(failed(status)).toMatchObject({ kind });
  });

  it('keeps the server’s sentence, its request id and when to come back', () => {
    const problem = { title: 'Too many', detail: 'Wait.', request_id: 'a1' };
    expect(failed(429, problem, { 'retry-after': '4' })).toMatchObject({
      detail: 'Wait.',
      requestId: 'a1',
      retryAfterSeconds: 4,
    });
    expect(failed(500, '<html>')).toMatchObject({ detail: '' });
  });

  it('without an answer is “offline”, but not when it was cancelled', () => {
    expect(asFailure(new AxiosError('Network Error', 'ERR_NETWORK'))).toMatchObject({ kind: 'offline' });
    const cancelled = new CanceledError();
    expect(asFailure(cancelled)).toBe(cancelled);
  });
});
