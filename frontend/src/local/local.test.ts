import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readPrediction } from '../api/answers';
import { createArena } from './arena';
import { createLocalReader } from './localReader';
import { openModel } from './model';
import { readNetwork } from './network';
import type { Ask, Reply } from './worker';

const file = Uint8Array.from(readFileSync(new URL('../../../models/digit_cnn.tflite', import.meta.url))).buffer;
const facts = JSON.parse(
  readFileSync(new URL('../../../models/digit_cnn.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

describe('the sum of products', () => {
  const value = fc.oneof(fc.constant(0), fc.double({ min: -9, max: 9, noNaN: true }));

  it('is the same four at a time as one by one, whatever the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(value, { minLength: 1, maxLength: 30 }), (width, inputs) => {
        const [quick, plain] = [true, false].map((withLanes) => {
          const sizes = [width, inputs.length + 1, width * (inputs.length + 1)];
          const arena = createArena(sizes, withLanes);
          const [sums, input, weights] = sizes.map((size) => arena.take(size));
          sums.fill(1);
          input.set(inputs, 1);
          weights.forEach((_, i) => { weights[i] = Math.sin(i); });
          arena.addProducts(sums, input, 1, inputs.length, weights, width);
          return Array.from(sums);
        });
        quick.forEach((sum, i) => { expect(sum).toBeCloseTo(plain[i], 3); });
      }),
    );
  });

  it('has no place for more than was asked for at first', () => {
    const arena = createArena([16]);
    expect(() => arena.take(1_000_000)).toThrow('full');
  });
});

describe('a model on this device', () => {
  it('is refused where it isn’t the one that its facts describe', async () => {
    const changed = file.slice(0);
    new Uint8Array(changed)[changed.byteLength - 9] ^= 1;
    await expect(openModel(changed, facts)).rejects.toThrow('not the one');
    await expect(openModel(file, { ...facts, labels: undefined })).rejects.toThrow('facts');
  });

  it('is refused where the file is cut short or none of a model', () => {
    expect(() => readNetwork(file.slice(0, 2000))).toThrow('damaged');
    expect(() => readNetwork(new ArrayBuffer(100))).toThrow('no LiteRT file');
  });

  it('sees nothing on an empty image', async () => {
    const model = await openModel(file, facts);
    expect(model.predict(new Uint8Array(784))).toMatchObject({ character: null, reason_code: 'nothing_drawn', by: 'device' });
  });
});

describe('the reader on this device', () => {
  function withWorker() {
    const listeners = new Map<string, (event: unknown) => void>();
    const asked: Ask[] = [];
    const reader = createLocalReader({
      addEventListener: (type: string, listener: unknown) => void listeners.set(type, listener as (event: unknown) => void),
      postMessage: (ask: Ask) => void asked.push(ask),
    });
    const reply = (message: Reply) => listeners.get('message')?.({ data: message });
    return { reader, asked, reply, fail: () => listeners.get('error')?.({}) };
  }

  const prediction = (digit: number) =>
    readPrediction({ digit, confidence: 1, probabilities: Array.from({ length: 10 }, (_, i) => Number(i === digit)) });

  it('gives each question its own reply, in whatever order they come', async () => {
    const { reader, asked, reply } = withWorker();
    const [first, second] = [reader.predict(new Uint8Array(784)), reader.predict(new Uint8Array(784), undefined, 'letters')];
    await vi.waitFor(() => { expect(asked).toHaveLength(2); });
    expect(asked.map(({ alphabet }) => alphabet)).toEqual(['digits', 'letters']);
    reply({ id: asked[1].id, predictions: [prediction(2)] });
    reply({ id: asked[0].id, predictions: [prediction(1)] });
    expect([(await first).digit, (await second).digit]).toEqual([1, 2]);
  });

  it('fails as one that isn’t there where the model can’t be had, or the worker can’t run', async () => {
    const { reader, asked, reply, fail } = withWorker();
    const [first, second] = [reader.predict(new Uint8Array(784)), reader.prepare('digits')];
    reply({ id: asked[0].id, problem: 'The model can’t be fetched.' });
    fail();
    await expect(first).rejects.toMatchObject({ kind: 'offline', detail: 'The model can’t be fetched.' });
    await expect(second).rejects.toMatchObject({ kind: 'offline' });
  });
});
