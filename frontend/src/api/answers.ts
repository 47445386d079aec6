/** Answers: what the API says, checked before anything on the page believes it. */

import * as v from 'valibot';
import { ApiFailure } from './failures';
import type { AlphabetName, Explanation, PictureText, Prediction } from './types';

/** The labels of a model that tells none. */
export const DIGITS: readonly string[] = Array.from('0123456789');

const LETTERS: readonly string[] = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** The labels of an alphabet, as long as no answer and no model has told them. */
export function labelsOf(alphabet: AlphabetName): readonly string[] {
  return alphabet === 'letters' ? LETTERS : DIGITS;
}

const PIXELS = 784;
const MOST_MAPS = 4096;

const Share = within(0, 1);
const Pixels = v.pipe(v.array(within(0, 255)), v.length(PIXELS));
const Evidence = v.pipe(v.array(within(-1, 1)), v.length(PIXELS));
const Count = v.pipe(within(1, MOST_MAPS), v.integer());
const Labels = v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(2));
/** Only pictures that came with the answer: the page shows nothing from elsewhere. */
const Picture = v.pipe(v.string(), v.startsWith('data:image/png;base64,'));
const Stage = v.object({ name: v.string(), image: Picture });

const Layer = v.object({
  name: v.string(),
  title: v.string(),
  description: v.string(),
  shape: v.union([v.pipe(v.array(Count), v.length(1)), v.pipe(v.array(Count), v.length(3))]),
  columns: Count,
  rows: Count,
  image: Picture,
});

const PredictionFields = v.object({
  digit: v.nullable(v.pipe(within(0, 9), v.integer())),
  character: v.optional(v.nullable(v.string())),
  confidence: Share,
  probabilities: v.array(Share),
  is_character: ifValid(Share),
  labels: v.optional(Labels, [...DIGITS]),
  pixels: v.optional(Pixels),
  stages: ifValid(listOfValid(Stage)),
  reason: ifValid(v.string()),
  reason_code: ifValid(v.string()),
  upside_down: ifValid(v.string()),
  model: ifValid(v.string()),
});

const Prediction = v.pipe(
  PredictionFields,
  v.transform(({ digit, character = digit === null ? null : String(digit), ...rest }) => ({
    digit,
    character,
    ...rest,
  })),
  v.check(({ probabilities, labels }) => probabilities.length === labels.length),
  v.check(({ character, labels }) => character === null || labels.includes(character)),
);

const Place = v.pipe(v.number(), v.integer(), v.minValue(0));

const PictureCharacter = v.object({
  character: v.string(),
  confidence: Share,
  probabilities: v.array(Share),
  box: v.pipe(v.array(v.pipe(v.number(), v.minValue(0))), v.length(4)),
  line: Place,
  pixels: Pixels,
});

const PictureText = v.pipe(
  v.object({
    text: v.string(),
    confidence: Share,
    characters: v.array(PictureCharacter),
    labels: Labels,
    model: v.string(),
  }),
  v.check(({ characters, labels }) =>
    characters.every(
      ({ character, probabilities }) => labels.includes(character) && probabilities.length === labels.length,
    ),
  ),
);
const Explained = v.object({
  guess: Place,
  runner_up: Place,
  saliency: Evidence,
  counter_evidence: Evidence,
  layers: v.array(Layer),
});

const Interval = v.tuple([Share, Share]);

/** What was measured on one set of digits. */
const Figure = v.object({
  n: ifValid(v.number()),
  accuracy: ifValid(Share),
  accuracy_95: ifValid(Interval),
  /** A refusal counted as wrong. */
  answered_right: ifValid(Share),
  answered_right_95: ifValid(Interval),
});

/** What was measured on one style of a digit. */
const Style = v.object({ n: v.number(), share: Share, share_95: Interval });

/** The facts of a model; every one of them may be missing. */
const Facts = v.object({
  name: ifValid(v.pipe(v.string(), v.nonEmpty())),
  version: ifValid(v.pipe(v.string(), v.nonEmpty())),
  created: ifValid(v.pipe(v.string(), v.nonEmpty())),
  labels: ifValid(Labels),
  parameters: ifValid(v.number()),
  size_bytes: ifValid(v.number()),
  data: v.optional(v.unknown()),
  figures: v.fallback(recordOfValid(Figure), {}),
  styles: v.fallback(recordOfValid(Style), {}),
  refusal: v.fallback(
    v.object({
      /** The share refused of each set of digits, of a model of digits. */
      digits_refused: v.fallback(recordOfValid(Share), {}),
      /** The share refused of each set of letters, of a model of letters. */
      letters_refused: v.fallback(recordOfValid(Share), {}),
      /** The share refused of each kind of what is none. */
      negatives_refused: v.fallback(recordOfValid(Share), {}),
    }),
    { digits_refused: {}, letters_refused: {}, negatives_refused: {} },
  ),
});

export type Figure = Readonly<v.InferOutput<typeof Figure>>;
export type Style = Readonly<v.InferOutput<typeof Style>>;
export type ModelFacts = Readonly<Omit<v.InferOutput<typeof Facts>, 'data'>> & { readonly data: readonly string[] };

export function readPrediction(body: unknown): Prediction {
  return parse(Prediction, body);
}

export function readPictureText(body: unknown): PictureText {
  return parse(PictureText, body);
}

export function readExplanation(body: unknown): Explanation {
  const prediction = readPrediction(body);
  const explained = parse(Explained, body);
  if (Math.max(explained.guess, explained.runner_up) >= prediction.labels.length) {
    throw malformed('a guess that has no label');
  }
  return { ...prediction, ...explained };
}

export function readPredictions(body: unknown, count: number): Prediction[] {
  const Batch = v.object({
    predictions: v.pipe(v.array(v.looseObject({})), v.length(count)),
    labels: v.optional(Labels),
    model: ifValid(v.string()),
  });
  const { predictions, labels, model } = parse(Batch, body);
  return predictions.map((prediction) => readPrediction({ model, ...prediction, ...(labels && { labels }) }));
}

export function readModelFacts(body: unknown): ModelFacts {
  const { data, ...facts } = parse(Facts, body);
  return { ...facts, data: namesIn(data) };
}

export function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, body, { abortEarly: true });
  if (success) return output;
  const path = v.getDotPath(issues[0]);
  throw malformed(path ? `nothing to believe as its ${path}` : 'not what was asked for');
}

function malformed(what: string): ApiFailure {
  return new ApiFailure('malformed', `The answer holds ${what}.`);
}

export function within(low: number, high: number) {
  return v.pipe(v.number(), v.minValue(low), v.maxValue(high));
}

/** What can be done without: undefined where it is missing or odd. */
export function ifValid<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

export function listOfValid<Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((items) =>
      items.flatMap((item): v.InferOutput<Schema>[] => {
        const { success, output } = v.safeParse(schema, item);
        return success ? [output] : [];
      }),
    ),
  );
}

type ByName<T> = Readonly<Partial<Record<string, T>>>;

export function recordOfValid<Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((record): ByName<v.InferOutput<Schema>> => {
      const parsed = Object.entries(record).map(([name, value]) => [name, v.safeParse(schema, value)] as const);
      return Object.fromEntries(parsed.flatMap(([name, { success, output }]) => (success ? [[name, output]] : [])));
    }),
  );
}

/** Names of data sets: plain text, or objects that have a name. */
function namesIn(data: unknown): string[] {
  const items: unknown[] = Array.isArray(data) ? data : [data];
  const Name = v.union([
    v.pipe(v.string(), v.nonEmpty()),
    v.pipe(v.object({ name: v.pipe(v.string(), v.nonEmpty()) }), v.transform(({ name }) => name)),
  ]);
  return items.flatMap((item) => {
    const { success, output } = v.safeParse(Name, item);
    return success ? [output] : [];
  });
}
