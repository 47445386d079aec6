/** Short links: what the API says of drawings that it keeps for them, checked before it is believed. */

import * as v from 'valibot';
import { readStrokes } from '../ink/strokeData';
import type { Stroke } from '../ink/strokes';
import { parse } from './answers';
import { ApiFailure } from './failures';
import { untimed } from './teaching';
import type { AlphabetName } from './types';

const Sharing = v.object({ sharing: v.boolean(), days: v.number() });
const Shared = v.object({ id: v.pipe(v.string(), v.nonEmpty()), secret: v.pipe(v.string(), v.nonEmpty()), ends: v.string() });
const Drawing = v.object({ alphabet: v.picklist(['digits', 'letters']), strokes: v.unknown() });

/** Whether drawings are kept for short links, and for how many days. */
export type Sharing = Readonly<v.InferOutput<typeof Sharing>>;

/** A drawing that was shared: `secret` deletes it, `ends` is when it is there no more, ISO 8601. */
export type Shared = Readonly<v.InferOutput<typeof Shared>>;

export interface SharedDrawing {
  readonly alphabet: AlphabetName;
  readonly strokes: readonly Stroke[];
}

export function readSharing(body: unknown): Sharing {
  return parse(Sharing, body);
}

export function readShared(body: unknown): Shared {
  return parse(Shared, body);
}

export function readSharedDrawing(body: unknown): SharedDrawing {
  const { alphabet, strokes } = parse(Drawing, body);
  const read = readStrokes(untimed(strokes));
  if (!read) throw new ApiFailure('malformed', 'The drawing isn’t one.');
  return { alphabet, strokes: read };
}
