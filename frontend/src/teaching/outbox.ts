/** The outbox: lessons and deletions wait here until the server has taken them. */

import * as v from 'valibot';
import { ApiFailure } from '../api/failures';
import type { Lesson } from '../api/teaching';
import { readStrokes } from '../ink/strokeData';
import { load, save } from '../ui/storage';

/** What the server is to do. */
export type Task =
  | { readonly do: 'keep'; readonly lesson: Lesson }
  | { readonly do: 'delete'; readonly id: string }
  | { readonly do: 'delete all' };

export interface OutboxState {
  /** The lessons that the server hasn't taken yet, the oldest first. */
  readonly waiting: readonly Lesson[];
  /** How many deletions wait. */
  readonly deletions: number;
  /** Why they wait; undefined while they are being sent. */
  readonly failure?: ApiFailure;
  /** The lessons that the server won't take, by id, and why not. */
  readonly refused: ReadonlyMap<string, ApiFailure>;
  /** Whether the browser has stored all that waits; else it is lost when the page is closed. */
  readonly isStored: boolean;
  /** How many tasks this tab has finished. */
  readonly done: number;
}

export const OUTBOX_KEY = 'digits.outbox';
export const MOST_WAITING = 200; // lessons
const MOST_DELETIONS = 500;
const FIRST_DELAY = 5; // s until what failed is sent again, then twice as long each time
const LONGEST_DELAY = 60; // s

/** Asking again helps with none of these; something else has to happen first. */
const WAITS_FOR_A_PERSON: readonly string[] = ['token_needed', 'teaching_off', 'store_full'];

/** Runs `work` while no other tab of this browser does: one that sends sends for all. */
type Alone = (work: () => Promise<void>) => Promise<void>;

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Every change starts from what is stored, so that tabs lose nothing of each other's. `send` has the server do
 * a task, and doing it twice must be harmless: where a browser has no locks, two tabs may.
 */
export function createOutbox(send: (task: Task) => Promise<void>, alone: Alone = inOneTab) {
  let unstored: readonly Task[] = []; // what the browser had no room for
  let failure: ApiFailure | undefined;
  let misses = 0;
  let done = 0;
  let refused: ReadonlyMap<string, ApiFailure> = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;
  const listeners = new Set<() => void>();

  const tasks = () => [...stored(), ...unstored];
  const stateNow = (): OutboxState => ({
    waiting: lessonsIn(tasks()),
    deletions: tasks().filter((task) => task.do !== 'keep').length,
    failure,
    refused,
    isStored: unstored.length === 0,
    done,
  });
  let state = stateNow();
  const tell = () => {
    state = stateNow();
    listeners.forEach((listener) => {
      listener();
    });
  };

  const write = (changed: readonly Task[]) => {
    if (save(OUTBOX_KEY, changed.map(packed))) {
      unstored = [];
    } else {
      const names = new Set(stored().map(nameOf));
      save(OUTBOX_KEY, changed.filter((task) => names.has(nameOf(task))).map(packed)); // no larger than it was
      unstored = changed.filter((task) => !names.has(nameOf(task)));
    }
    tell();
  };
  const remove = (task: Task) => {
    done += 1;
    write(tasks().filter((other) => nameOf(other) !== nameOf(task)));
  };

  const sendAll = async () => {
    for (let task = tasks().at(0); task; task = tasks().at(0)) {
      try {
        await send(task);
        [failure, misses] = [undefined, 0];
      } catch (error) {
        const why = error instanceof ApiFailure ? error : new ApiFailure('broken', String(error));
        if (!isHopeless(why)) {
          failure = why;
          misses += 1;
          tell();
          if (!WAITS_FOR_A_PERSON.includes(why.code ?? '')) sendLater(why.retryAfterSeconds);
          return;
        }
        if (task.do === 'keep') refused = new Map([...refused, [task.lesson.id, why]]);
      }
      remove(task);
    }
  };
  const sendLater = (seconds = Math.min(FIRST_DELAY * 2 ** (misses - 1), LONGEST_DELAY)) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), seconds * 1000);
  };
  /** Sends what waits; resolves when nothing is left or something is in the way. */
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    isWanted = true;
    running ??= (async () => {
      while (isWanted) {
        isWanted = false;
        if (tasks().length > 0) await alone(sendAll);
      }
    })().finally(() => {
      running = undefined;
    });
    return running;
  };

  const onStorage = ({ key }: StorageEvent) => {
    if (key !== OUTBOX_KEY && key !== null) return;
    if (tasks().length === 0) failure = undefined; // another tab has sent it all
    tell();
  };
  const onOnline = () => void flush();

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        window.addEventListener('storage', onStorage);
        window.addEventListener('online', onOnline);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        window.removeEventListener('storage', onStorage);
        window.removeEventListener('online', onOnline);
        clearTimeout(timer);
      };
    },
    flush,
    /** Whether there is room for these lessons; then they are sent as soon as that can be. */
    keep: (lessons: readonly Lesson[]): boolean => {
      const now = tasks();
      if (lessonsIn(now).length + lessons.length > MOST_WAITING) return false;
      write([...now, ...lessons.map((lesson) => ({ do: 'keep', lesson }) as const)]);
      void flush();
      return true;
    },
    /** Takes lessons back, sent or not. One that is on its way this moment is deleted after it has arrived. */
    remove: (ids: readonly string[]) => {
      const rest = tasks().filter((task) => task.do !== 'keep' || !ids.includes(task.lesson.id));
      const known = new Set(rest.map(nameOf));
      const deletions = ids.map((id) => ({ do: 'delete', id }) as const).filter((task) => !known.has(nameOf(task)));
      write([...rest, ...deletions].slice(-MOST_WAITING - MOST_DELETIONS));
      void flush();
    },
    /** Has all of this teacher's lessons deleted, and forgets those that wait. */
    removeAll: () => {
      write([{ do: 'delete all' }]);
      void flush();
    },
    /** Forgets the lessons that wait; the first may be on its way this moment, and is deleted once it has arrived. */
    forget: () => {
      const first = lessonsIn(tasks()).at(0);
      const rest = tasks().filter((task) => task.do !== 'keep');
      write(first === undefined ? rest : [...rest, { do: 'delete', id: first.id }]);
      void flush();
    },
  };
}

async function inOneTab(work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(OUTBOX_KEY, work);
  else await work(); // a page without TLS has no locks
}

/** Whether the server will never take it, however often it is asked. */
function isHopeless({ kind, code }: ApiFailure): boolean {
  return (kind === 'rejected' || kind === 'too large' || kind === 'wrong type') && !WAITS_FOR_A_PERSON.includes(code ?? '');
}

function lessonsIn(tasks: readonly Task[]): Lesson[] {
  return tasks.flatMap((task) => (task.do === 'keep' ? [task.lesson] : []));
}

/** The same for the same task. */
function nameOf(task: Task): string {
  if (task.do === 'delete all') return task.do;
  return `${task.do} ${task.do === 'keep' ? task.lesson.id : task.id}`;
}

/** Pixels are a string of one character each: a third of the room that numbers take. */
function packed(task: Task) {
  if (task.do !== 'keep') return task;
  return { ...task, lesson: { ...task.lesson, pixels: btoa(String.fromCharCode(...task.lesson.pixels)) } };
}

const PackedLesson = v.object({
  id: v.string(),
  alphabet: v.picklist(['digits', 'letters']),
  meant: v.nullable(v.string()),
  read: v.nullable(v.string()),
  confidence: v.nullable(v.number()),
  model: v.string(),
  kind: v.picklist(['correction', 'confirmation', 'challenge']),
  strokes: v.unknown(),
  pixels: v.string(),
  collection: v.string(),
});

const PackedTask = v.union([
  v.object({ do: v.literal('keep'), lesson: PackedLesson }),
  v.object({ do: v.literal('delete'), id: v.string() }),
  v.object({ do: v.literal('delete all') }),
]);

function stored(): readonly Task[] {
  return load(OUTBOX_KEY, (value) => (Array.isArray(value) ? value.flatMap(readTask) : undefined)) ?? [];
}

/** The task as it was stored; nothing where it is none. */
function readTask(value: unknown): Task[] {
  const { success, output } = v.safeParse(PackedTask, value);
  if (!success) return [];
  if (output.do !== 'keep') return [output];
  try {
    const pixels = Array.from(atob(output.lesson.pixels), (character) => character.charCodeAt(0));
    return [{ ...output, lesson: { ...output.lesson, pixels, strokes: readStrokes(output.lesson.strokes) ?? null } }];
  } catch {
    return [];
  }
}
