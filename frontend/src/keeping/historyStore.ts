/** The history as it is stored: shared by all tabs of this browser, and honest about what is deleted. */

import * as v from 'valibot';
import { readPrediction } from '../api/answers';
import type { Strokes } from '../ink/drawing';
import { readStrokes, rounded } from '../ink/strokeData';
import type { Answer, Read } from '../reading/reading';
import { newId } from '../ui/newId';
import { load, save } from '../ui/storage';

export interface Entry extends Pick<Read, 'digit' | 'character' | 'confidence' | 'probabilities' | 'labels' | 'model' | 'text'> {
  readonly id: string;
  readonly when: string;
  readonly strokes: Strokes;
  readonly milliseconds: number;
}

export interface Kept {
  /** The last drawings with their answers, newest first. */
  readonly entries: readonly Entry[];
  /** The drawings that were deleted, by id, the last at the end: they are never recorded again. */
  readonly deleted: readonly string[];
  /** Whether the browser has kept it: storage may be full or forbidden, and then this page alone knows it. */
  readonly isStored: boolean;
}

export const HISTORY_KEY = 'digits.history';
const MOST = 24;
const MOST_DELETED = 500; // far more than a tab can have open or bring back by undoing

export type HistoryStore = ReturnType<typeof createHistoryStore>;

/**
 * Every change starts from what is stored, not from what this tab last saw, so that tabs don't undo each
 * other's. Where two tabs have gone on with the same drawing, each gets an entry of its own.
 */
export function createHistoryStore() {
  let kept: Kept = { ...readHistory(), isStored: true };
  const known = new Map(kept.entries.map(({ id, when }) => [id, when])); // the versions this tab has seen
  const forks = new Map<string, string>(); // from a drawing to this tab's entry of it
  const listeners = new Set<() => void>();

  const set = (changed: Kept) => {
    kept = changed;
    listeners.forEach((listener) => {
      listener();
    });
  };
  const latest = () => (kept.isStored ? readHistory() : merged(readHistory(), kept));
  const change = (now: Stored, changes: Partial<Stored>) => {
    const changed = { ...now, ...changes };
    set({ ...changed, isStored: save(HISTORY_KEY, changed) });
  };
  const entryIdOf = (id: string) => forks.get(id) ?? id;
  const onStorage = ({ key }: StorageEvent) => {
    if (key === HISTORY_KEY || key === null) set({ ...latest(), isStored: kept.isStored });
  };

  return {
    get: () => kept,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) window.addEventListener('storage', onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener('storage', onStorage);
      };
    },
    /** Keep a drawing with its answer. One that goes on keeps its entry, one that was deleted gets none. */
    record: (id: string, strokes: Strokes, answer: Answer) => {
      const now = latest();
      if (now.deleted.includes(entryIdOf(id))) return;
      const recorded = entryOf(entryIdOf(id), strokes, answer);
      const before = now.entries.find((entry) => entry.id === recorded.id);
      const isSameDrawing = before !== undefined && isAlike(before.strokes, recorded.strokes);
      if (before && isSameDrawing && before.model === recorded.model) {
        known.set(before.id, before.when);
        return;
      }
      const isOthers = before && !isSameDrawing && known.get(before.id) !== before.when;
      const entry = isOthers ? { ...recorded, id: newId() } : recorded;
      if (isOthers) forks.set(id, entry.id);
      known.set(entry.id, entry.when);
      change(now, { entries: withEntry(now.entries, entry) });
    },
    /** Whether the drawing's entry was deleted; drawn on, it is another drawing. */
    isDeleted: (id: string) => kept.deleted.includes(entryIdOf(id)),
    remove: (id: string) => {
      const now = latest();
      change(now, without(now, [id]));
    },
    removeAll: () => {
      const now = latest();
      change(now, without(now, now.entries.map((entry) => entry.id)));
    },
  };
}

type Stored = Pick<Kept, 'entries' | 'deleted'>;

function readHistory(): Stored {
  return load(HISTORY_KEY, readStored) ?? { entries: [], deleted: [] };
}

/** `mine` is what could not be stored. */
function merged(stored: Stored, mine: Stored): Stored {
  const isStored = ({ id }: Entry) => stored.entries.some((entry) => entry.id === id);
  const newerOf = (entry: Entry) => mine.entries.find(({ id, when }) => id === entry.id && when > entry.when) ?? entry;
  const entries = [...mine.entries.filter((entry) => !isStored(entry)), ...stored.entries.map(newerOf)];
  return without({ entries, deleted: stored.deleted }, mine.deleted);
}

function without({ entries, deleted }: Stored, ids: readonly string[]): Stored {
  return {
    entries: entries.filter(({ id }) => !ids.includes(id)).slice(0, MOST),
    deleted: [...new Set([...deleted, ...ids])].slice(-MOST_DELETED),
  };
}

function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const place = entries.findIndex(({ id }) => id === entry.id);
  if (place < 0) return [entry, ...entries].slice(0, MOST);
  return entries.with(place, entry);
}

function entryOf(id: string, strokes: Strokes, answer: Answer): Entry {
  const when = new Date().toISOString();
  return { id, when, strokes: strokes.map(rounded), ...answerIn(answer), milliseconds: answer.milliseconds };
}

/** The part of an answer that is kept. */
function answerIn({ digit, character, confidence, probabilities, labels, model, text }: Read) {
  return { digit, character, confidence, probabilities, labels, model, text };
}

function isAlike(one: Strokes, other: Strokes): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What was stored once was the entries alone. */
function readStored(value: unknown): Stored | undefined {
  if (Array.isArray(value)) return readStored({ entries: value as unknown[] });
  const { entries, deleted } = (value ?? {}) as Record<string, unknown>;
  if (!Array.isArray(entries)) return undefined;
  return {
    entries: entries.flatMap((entry) => readEntry(entry) ?? []).slice(0, MOST),
    deleted: Array.isArray(deleted) ? deleted.filter((id) => typeof id === 'string') : [],
  };
}

const StoredDrawing = v.object({ id: v.string(), when: v.string(), milliseconds: v.number(), strokes: v.unknown() });

/** A number has a text, and no probabilities of its own. */
const StoredNumber = v.object({
  text: v.pipe(v.string(), v.nonEmpty()),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  labels: v.array(v.string()),
  model: v.optional(v.string()),
  probabilities: v.pipe(v.array(v.unknown()), v.length(0)),
});

/** An entry as it was stored, or undefined where it is none. */
function readEntry(value: unknown): Entry | undefined {
  const { success, output } = v.safeParse(StoredDrawing, value);
  const strokes = success && readStrokes(output.strokes);
  if (!strokes) return undefined;
  const number = v.safeParse(StoredNumber, value);
  if (number.success) {
    return { ...output, strokes, ...answerIn({ digit: null, character: null, ...number.output, probabilities: [] }) };
  }
  try {
    return { ...output, strokes, ...answerIn(readPrediction(value)) };
  } catch {
    return undefined;
  }
}
