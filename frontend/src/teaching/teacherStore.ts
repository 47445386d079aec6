/** Who teaches in this browser, and what that person has allowed: shared by all of its tabs. */

import * as v from 'valibot';
import { load, save } from '../ui/storage';
import { newSecret } from './random';

export interface TeacherState {
  /** Whether corrections may be kept; undefined until the person was asked and has answered. */
  readonly consent?: 'yes' | 'no';
  /** Says whose corrections may be listed and deleted; made once the person has agreed. */
  readonly secret?: string;
  /** What the server wants of whoever teaches. */
  readonly token?: string;
  /** Where new lessons go: the name of a class, a device. */
  readonly collection: string;
}

export const TEACHER_KEY = 'digits.teacher';
export const DEFAULT_COLLECTION = 'default';
const MOST_IN_A_NAME = 64; // characters, as the server has it

const Text = v.pipe(v.string(), v.nonEmpty());
const Stored = v.object({
  consent: v.fallback(v.optional(v.picklist(['yes', 'no'])), undefined),
  secret: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))), undefined),
  token: v.fallback(v.optional(Text), undefined),
  collection: v.fallback(v.optional(v.pipe(Text, v.maxLength(MOST_IN_A_NAME)), DEFAULT_COLLECTION), DEFAULT_COLLECTION),
});

const NOBODY: TeacherState = { collection: DEFAULT_COLLECTION };

export type TeacherStore = ReturnType<typeof createTeacherStore>;

/** Every change starts from what is stored. Where the browser stores nothing, this page alone knows it. */
export function createTeacherStore() {
  let state = read() ?? NOBODY;
  let isStored = true;
  const listeners = new Set<() => void>();

  const tell = (changed: TeacherState) => {
    state = changed;
    listeners.forEach((listener) => {
      listener();
    });
  };
  const change = (changes: Partial<TeacherState>) => {
    const changed = { ...((isStored ? read() : state) ?? NOBODY), ...changes };
    isStored = save(TEACHER_KEY, changed);
    tell(changed);
  };
  const onStorage = ({ key }: StorageEvent) => {
    if (isStored && (key === TEACHER_KEY || key === null)) tell(read() ?? NOBODY);
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) window.addEventListener('storage', onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener('storage', onStorage);
      };
    },
    agree: () => {
      change({ consent: 'yes', secret: (read() ?? state).secret ?? newSecret() });
    },
    refuse: () => {
      change({ consent: 'no' });
    },
    /** An empty one is none. */
    setToken: (token: string) => {
      change({ token: token.trim() || undefined });
    },
    /** An empty name is that of the default. */
    setCollection: (name: string) => {
      change({ collection: name.trim().slice(0, MOST_IN_A_NAME) || DEFAULT_COLLECTION });
    },
  };
}

function read(): TeacherState | undefined {
  return load(TEACHER_KEY, (value) => {
    const { success, output } = v.safeParse(Stored, value);
    return success ? output : undefined;
  });
}
