/** Answers: what the API says, checked before anything on the page believes it. */

import { ApiFailure } from './failures';
import type { Explanation, Layer, Prediction, Stage } from './types';

const DIGITS = 10;
const PIXELS = 784;

/** The facts of a model; every one of them may be missing. */
export interface ModelFacts {
  readonly name?: string;
  readonly version?: string;
  readonly created?: string;
  readonly parameters?: number;
  readonly sizeBytes?: number;
  readonly data: readonly string[];
  readonly figures: Readonly<Partial<Record<string, Readonly<Partial<Record<string, number>>>>>>;
  /** The share refused of each set of digits and of each kind of non-digits. */
  readonly refused: Readonly<Partial<Record<string, number>>>;
}

export function readPrediction(body: unknown): Prediction {
  const answer = asObject(body, 'a prediction');
  const { digit, reason, confidence, probabilities, pixels, stages, model } = answer;
  if (digit !== null && !isDigit(digit)) throw malformed('a digit that is not 0 to 9');
  if (!isShare(confidence)) throw malformed('a confidence that is not between 0 and 1');
  if (!isListOf(probabilities, isShare, DIGITS)) throw malformed('no ten probabilities');
  if (pixels !== undefined && !isListOf(pixels, isLevel, PIXELS)) throw malformed('no 784 pixels');
  return {
    digit,
    confidence,
    probabilities,
    pixels,
    stages: Array.isArray(stages) ? stages.filter(isStage) : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
    model: typeof model === 'string' ? model : undefined,
  };
}

export function readExplanation(body: unknown): Explanation {
  const answer = asObject(body, 'an explanation');
  const { guess, runner_up, saliency, counter_evidence, layers } = answer;
  if (!isDigit(guess) || !isDigit(runner_up)) throw malformed('a guess that is not 0 to 9');
  if (!isListOf(saliency, isEvidence, PIXELS)) throw malformed('no 784 values of saliency');
  if (!isListOf(counter_evidence, isEvidence, PIXELS)) throw malformed('no 784 values of counter-evidence');
  if (!Array.isArray(layers) || !layers.every(isLayer)) throw malformed('layers that are none');
  return { ...readPrediction(body), guess, runner_up, saliency, counter_evidence, layers };
}

export function readPredictions(body: unknown, count: number): Prediction[] {
  const { predictions } = asObject(body, 'a list of predictions');
  if (!Array.isArray(predictions) || predictions.length !== count) {
    throw malformed(`not ${String(count)} predictions`);
  }
  return predictions.map(readPrediction);
}

export function readModelFacts(body: unknown): ModelFacts {
  const facts = asObject(body, 'the facts of a model');
  return {
    name: asText(facts.name),
    version: asText(facts.version),
    created: asText(facts.created),
    parameters: asNumber(facts.parameters),
    sizeBytes: asNumber(facts.size_bytes),
    data: asNames(facts.data),
    figures: asFigures(facts.figures),
    refused: asRefused(facts.refusal),
  };
}

function malformed(what: string): ApiFailure {
  return new ApiFailure('malformed', `The answer holds ${what}.`);
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new ApiFailure('malformed', `The answer is not ${what}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDigit(value: unknown): value is number {
  return Number.isInteger(value) && isWithin(value, 0, DIGITS - 1);
}

function isShare(value: unknown): value is number {
  return isWithin(value, 0, 1);
}

function isLevel(value: unknown): value is number {
  return isWithin(value, 0, 255);
}

function isStage(value: unknown): value is Stage {
  return isObject(value) && typeof value.name === 'string' && isImage(value.image);
}

/** Only pictures that came with the answer: the page shows nothing from elsewhere. */
function isImage(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('data:image/png;base64,');
}

function isEvidence(value: unknown): value is number {
  return isWithin(value, -1, 1);
}

function isLayer(value: unknown): value is Layer {
  if (!isObject(value)) return false;
  const { name, title, description, shape, columns, rows, image } = value;
  const isCount = (count: unknown) => Number.isInteger(count) && isWithin(count, 1, 4096);
  return (
    [name, title, description].every((text) => typeof text === 'string') &&
    Array.isArray(shape) &&
    [...(shape as unknown[]), columns, rows].every(isCount) &&
    (shape.length === 1 || shape.length === 3) &&
    isImage(image)
  );
}

function isWithin(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T, length: number): value is T[] {
  return Array.isArray(value) && value.length === length && value.every(is);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Names of data sets: plain text, or objects that have a name. */
function asNames(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.keys(value) : [value];
  return items.flatMap((item) => asText(isObject(item) ? item.name : item) ?? []);
}

function asFigures(value: unknown): Record<string, Record<string, number>> {
  if (!isObject(value)) return {};
  const sets = Object.entries(value).filter((entry): entry is [string, Record<string, unknown>] =>
    isObject(entry[1]),
  );
  return Object.fromEntries(sets.map(([name, figures]) => [name, onlyNumbers(figures)]));
}

function asRefused(value: unknown): Record<string, number> {
  const { digits_refused: digits, negatives_refused: negatives } = asFigures(value);
  return { ...digits, ...negatives };
}

function onlyNumbers(figures: Record<string, unknown>): Record<string, number> {
  const entries = Object.entries(figures).flatMap(([name, value]) => {
    const number = asNumber(value);
    return number === undefined ? [] : [[name, number] as const];
  });
  return Object.fromEntries(entries);
}
