import { useCallback } from 'react';
import type { Strokes } from '../ink/drawing';
import { readStrokes, rounded } from '../ink/strokeData';
import type { Answer } from '../reading/reading';
import { useStored } from '../ui/useStored';

export interface Entry {
  readonly id: string;
  readonly when: string;
  readonly strokes: Strokes;
  readonly digit: number | null;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly milliseconds: number;
  readonly model?: string;
}

const MOST = 24;

/** The last drawings with their answers, newest first; a drawing that goes on keeps its entry. */
export function useHistory() {
  const [entries, setEntries] = useStored<readonly Entry[]>('digits.history', [], readEntries);
  return {
    entries,
    record: useCallback(
      (id: string, strokes: Strokes, answer: Answer) => {
        setEntries((now) => withEntry(now, entryOf(id, strokes, answer)));
      },
      [setEntries],
    ),
    remove: useCallback(
      (id: string) => {
        setEntries((now) => now.filter((entry) => entry.id !== id));
      },
      [setEntries],
    ),
    removeAll: useCallback(() => {
      setEntries([]);
    }, [setEntries]),
  };
}

export function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const place = entries.findIndex(({ id }) => id === entry.id);
  if (place < 0) return [entry, ...entries].slice(0, MOST);
  return entries.with(place, entry);
}

function entryOf(id: string, strokes: Strokes, answer: Answer): Entry {
  const { digit, confidence, probabilities, milliseconds, model } = answer;
  const when = new Date().toISOString();
  return { id, when, strokes: strokes.map(rounded), digit, confidence, probabilities, milliseconds, model };
}

function readEntries(value: unknown): readonly Entry[] | undefined {
  return Array.isArray(value) ? value.filter(isEntry).slice(0, MOST) : undefined;
}

function isEntry(value: unknown): value is Entry {
  const entry = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return (
    typeof entry.id === 'string' &&
    typeof entry.when === 'string' &&
    typeof entry.confidence === 'number' &&
    typeof entry.milliseconds === 'number' &&
    (entry.digit === null || typeof entry.digit === 'number') &&
    Array.isArray(entry.probabilities) &&
    entry.probabilities.length === 10 &&
    readStrokes(entry.strokes) !== undefined
  );
}
