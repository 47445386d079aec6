/** The messages between a page and the server of rooms: a byte that says the kind, and the content. */

import { readStrokes } from '../ink/strokeData';
import type { Point } from '../ink/strokes';

export const KINDS = { state: 0, update: 1, presence: 2, pen: 3 } as const;

export const LONGEST_NAME = 24; // characters

const NUMBER_BYTES = 4; // of who sent a presence or a pen
const MOST_INK = 200; // points in a message: the server takes no longer ones

/** Who somebody is. */
export interface Presence {
  readonly name: string;
}

/** Where somebody's pen is, null where it left; the ink that it has just left; and whether this begins another stroke. */
export interface Pen {
  readonly at: Point | null;
  readonly ink?: readonly Point[];
  readonly begins?: boolean;
}

export type Message =
  | { readonly kind: 'state' | 'update'; readonly content: Uint8Array }
  | { readonly kind: 'presence'; readonly from: number; readonly presence: Presence | null }
  | { readonly kind: 'pen'; readonly from: number; readonly pen: Pen };

/** What the server sent; undefined where it is none of these. */
export function readMessage(message: ArrayBuffer): Message | undefined {
  const bytes = new Uint8Array(message);
  const content = bytes.subarray(1);
  switch (bytes.at(0)) {
    case KINDS.state:
      return { kind: 'state', content };
    case KINDS.update:
      return { kind: 'update', content };
  }
  if (content.length < NUMBER_BYTES) return undefined;
  const from = new DataView(message).getUint32(1);
  const said = content.subarray(NUMBER_BYTES);
  if (bytes[0] === KINDS.presence) {
    const presence = said.length > 0 ? presenceIn(parsed(said)) : null;
    return presence === undefined ? undefined : { kind: 'presence', from, presence };
  }
  const pen = bytes[0] === KINDS.pen ? penIn(parsed(said)) : undefined;
  return pen && { kind: 'pen', from, pen };
}

export function writeBytes(kind: 'state' | 'update', content: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(1 + content.length);
  message[0] = KINDS[kind];
  message.set(content, 1);
  return message;
}

export function writePresence(presence: Presence): Uint8Array<ArrayBuffer> {
  return written(KINDS.presence, presence);
}

/** As many messages as the ink needs. */
export function writePen({ at, ink = [], begins }: Pen): Uint8Array<ArrayBuffer>[] {
  const messages = [];
  for (let first = 0; first === 0 || first < ink.length; first += MOST_INK) {
    const part = ink.slice(first, first + MOST_INK).map(rounded);
    messages.push(written(KINDS.pen, { at: at && rounded(at), ink: part, begins: begins && first === 0 }));
  }
  return messages;
}

function written(kind: number, content: unknown): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(kind, ...new TextEncoder().encode(JSON.stringify(content)));
}

function parsed(content: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(new TextDecoder().decode(content)) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function presenceIn({ name }: Readonly<Record<string, unknown>>): Presence | undefined {
  return typeof name === 'string' ? { name: name.slice(0, LONGEST_NAME) } : undefined;
}

function penIn({ at, ink, begins }: Readonly<Record<string, unknown>>): Pen | undefined {
  const place = at === null ? null : readStrokes([[at]])?.at(0)?.at(0);
  const left = readStrokes([ink ?? []]);
  if (place === undefined || left === undefined) return undefined;
  return { at: place, ink: left.at(0) ?? [], begins: begins === true };
}

function rounded([x, y]: Point): Point {
  return [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000];
}
