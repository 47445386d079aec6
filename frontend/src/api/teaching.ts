/** Teaching: what the API says of corrections and of models that learnt from them, checked before it is believed. */

import * as v from 'valibot';
import { readStrokes } from '../ink/strokeData';
import type { Stroke } from '../ink/strokes';
import { ifValid, listOfValid, parse, recordOfValid, within } from './answers';
import type { AlphabetName } from './types';

const PIXELS = 784;

/** A drawing or a picture with what it was meant to be, as it is sent. */
export interface Lesson {
  /** A UUID made here, so that sending it again is harmless. */
  readonly id: string;
  readonly alphabet: AlphabetName;
  /** A label of the alphabet; null for nothing of it. */
  readonly meant: string | null;
  /** What the model read; null where it recognised nothing. */
  readonly read: string | null;
  /** 0..1, of what was read. */
  readonly confidence: number | null;
  /** The version of the model that read it. */
  readonly model: string;
  readonly kind: 'correction' | 'confirmation' | 'challenge';
  /** null for a picture. */
  readonly strokes: readonly Stroke[] | null;
  /** The 784 that the model saw, 0..255. */
  readonly pixels: readonly number[];
  readonly collection: string;
}

/** A lesson as the store keeps it. */
export interface KeptLesson extends Lesson {
  /** When it came in, ISO 8601. */
  readonly created: string;
}

/** Who teaches: a secret of this browser, once it has one, and the token where the server wants one. */
export interface Teacher {
  readonly secret?: string;
  readonly token?: string;
}

const Teaching = v.object({
  teaching: v.picklist(['on', 'off', 'token']),
  collections: v.fallback(listOfValid(v.pipe(v.string(), v.nonEmpty())), []),
  kept: v.fallback(v.number(), 0),
  limit: ifValid(v.number()),
});

export type Teaching = Readonly<v.InferOutput<typeof Teaching>>;

const Kept = v.object({
  id: v.string(),
  alphabet: v.picklist(['digits', 'letters']),
  meant: v.nullable(v.string()),
  read: v.nullable(v.string()),
  confidence: v.nullable(within(0, 1)),
  model: v.string(),
  kind: v.picklist(['correction', 'confirmation', 'challenge']),
  strokes: v.unknown(),
  pixels: v.pipe(v.array(within(0, 255)), v.length(PIXELS)),
  collection: v.string(),
  created: v.string(),
});

const Answered = v.object({ answered_right: within(0, 1) });
/** What was measured on one set of images, before it learnt and after. */
const Change = v.object({ n: v.number(), before: Answered, after: Answered });

const Version = v.object({
  version: v.pipe(v.string(), v.nonEmpty()),
  parent: ifValid(v.string()),
  created: ifValid(v.string()),
  lessons: ifValid(v.number()),
  /** By set. */
  figures: v.fallback(recordOfValid(Change), {}),
  served: v.fallback(v.boolean(), false),
  shipped: v.fallback(v.boolean(), false),
});

export type Change = Readonly<v.InferOutput<typeof Change>>;

/** A model in the line of those that learnt from lessons. */
export type ModelVersion = Readonly<v.InferOutput<typeof Version>>;

export function readTeaching(body: unknown): Teaching {
  return parse(Teaching, body);
}

/** The lessons that can be believed, newest first. */
export function readKeptLessons(body: unknown): KeptLesson[] {
  const { corrections } = parse(v.object({ corrections: listOfValid(Kept) }), body);
  return corrections.map((each) => ({ ...each, strokes: readStrokes(untimed(each.strokes)) ?? null }));
}

export function readDeleted(body: unknown): number {
  return parse(v.object({ deleted: v.number() }), body).deleted;
}

/** Newest first. */
export function readVersions(body: unknown): ModelVersion[] {
  return parse(v.object({ versions: listOfValid(Version) }), body).versions;
}

/** Points may come with a time, which nothing here asks for. */
export function untimed(strokes: unknown): unknown {
  if (!Array.isArray(strokes)) return undefined;
  return strokes.map((stroke: unknown) =>
    Array.isArray(stroke)
      ? stroke.map((point: unknown) => (Array.isArray(point) ? (point.slice(0, 2) as unknown[]) : point))
      : stroke,
  );
}
