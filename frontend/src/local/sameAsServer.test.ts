import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPredictions } from '../api/answers';
import type { AlphabetName, Prediction } from '../api/types';
import { frameStrokes, type Stroke } from '../ink/strokes';
import { type Judged } from '../reading/judging';
import { readDrawing } from '../reading/drawnNumber';
import { textOf } from '../reading/reading';
import { createRandom, drawingBy } from '../testing/handmade';
import { openModel } from './model';

const REPOSITORY = new URL('../../../', import.meta.url);
const DRAWINGS = 1000;
const NUMBERS = 40;
const TOLERANCE = 1e-4;

// What the server does with pixels, without HTTP.
const SERVER = `
import json, sys
from backend.reading.classifier import GraphClassifier
from backend.reading.model_files import prepare_models
from backend.reading.predict import predict, to_images
from backend.reading.settings import settings_from_environment

asked = json.load(sys.stdin)
models = {model.alphabet.name: model for model in prepare_models(settings_from_environment())}
classifier = GraphClassifier(models[asked["alphabet"]])
predictions, _ = predict(to_images(asked["images"]), classifier)
json.dump({"predictions": predictions, "labels": classifier.alphabet.labels}, sys.stdout)
`;

const FILES: Record<AlphabetName, string> = { digits: 'digit_cnn', letters: 'letter_cnn' };

function openLocal(alphabet: AlphabetName) {
  const file = readFileSync(new URL(`models/${FILES[alphabet]}.tflite`, REPOSITORY));
  const facts = readFileSync(new URL(`models/${FILES[alphabet]}.json`, REPOSITORY), 'utf8');
  return openModel(Uint8Array.from(file).buffer, JSON.parse(facts) as unknown);
}

function askServer(images: readonly Uint8Array[], alphabet: AlphabetName): Prediction[] {
  const answer = execFileSync('.venv/bin/python', ['-c', SERVER], {
    cwd: fileURLToPath(REPOSITORY),
    input: JSON.stringify({ alphabet, images: images.map((pixels) => Array.from(pixels)) }),
    maxBuffer: 64 * 2 ** 20,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return readPredictions(JSON.parse(answer), images.length);
}

function worstDifference(one: Prediction, other: Prediction): number {
  return Math.max(...one.probabilities.map((share, i) => Math.abs(share - other.probabilities[i])));
}

describe.each(['digits', 'letters'] as const)('on this device %s are read as by the server', (alphabet) => {
  it(`on ${String(DRAWINGS)} drawings, refusals among them`, { timeout: 300_000 }, async () => {
    const random = createRandom(17);
    const images = [new Uint8Array(784), ...Array.from({ length: DRAWINGS - 1 }, () => frameStrokes(drawingBy(random)))];
    const model = await openLocal(alphabet);
    const fromServer = askServer(images, alphabet);
    const here = images.map((pixels) => model.predict(pixels));

    expect(Math.max(...here.map((prediction, i) => worstDifference(prediction, fromServer[i])))).toBeLessThan(TOLERANCE);
    const scores = here.map((prediction, i) => Math.abs((prediction.is_character ?? 1) - (fromServer[i].is_character ?? 1)));
    expect(Math.max(...scores)).toBeLessThan(TOLERANCE);
    const said = ({ digit, character, reason, reason_code: code }: Prediction) => ({ digit, character, reason, code });
    expect(here.map(said)).toEqual(fromServer.map(said));
    const refused = here.filter(({ character }) => character === null).length;
    expect(refused).toBeGreaterThan(DRAWINGS / 20);
    expect(refused).toBeLessThan(DRAWINGS / 1.2);
  });
});

it(`${String(NUMBERS)} drawn numbers are read as by the server`, { timeout: 300_000 }, async () => {
  const random = createRandom(18);
  const numbers = Array.from({ length: NUMBERS }, () => [0, 1, 2].flatMap((place) => movedRight(drawingBy(random), place)));
  const model = await openLocal('digits');
  // Both are asked for the very images that reading the numbers takes.
  const images = new Map<string, Uint8Array>();
  const here = await Promise.all(
    numbers.map((strokes) =>
      readDrawing(strokes, (asked) => {
        for (const pixels of asked) images.set(pixels.join(), pixels);
        return Promise.resolve(asked.map((pixels) => judged(model.predict(pixels))));
      }),
    ),
  );
  const answers = askServer([...images.values()], 'digits');
  const known = new Map([...images.keys()].map((key, i) => [key, answers[i]]));
  const there = await Promise.all(
    numbers.map((strokes) =>
      readDrawing(strokes, (asked) =>
        Promise.resolve(asked.map((pixels) => judged(known.get(pixels.join()) ?? model.predict(pixels)))),
      ),
    ),
  );
  expect(here.map(textOf)).toEqual(there.map(textOf));
  expect(here.filter(({ characters }) => characters).length).toBeGreaterThan(NUMBERS / 4);
});

function movedRight(strokes: readonly Stroke[], place: number): Stroke[] {
  return strokes.map((stroke) => stroke.map(([x, y]) => [x * 0.4 + place * 0.6, y * 0.6] as const));
}

function judged(prediction: Prediction): Judged {
  return { probabilities: prediction.probabilities, isCharacter: prediction.is_character ?? 1, prediction };
}
