/** Who else is in a room, where their pens are, and the ink of the strokes that they are drawing. */

import type { Stroke } from '../ink/strokes';
import type { Pen, Presence } from './messages';

export interface Person {
  readonly number: number;
  readonly name: string;
  readonly at: Pen['at'];
  readonly ink: Stroke;
}

const MOST_INK = 4_000; // points of a stroke that is being drawn: nobody draws so many
const NOBODY: readonly Person[] = [];
const LINGERING = 150; // ms that ink stays after its stroke has ended, until the drawing shows it

export function createPeople() {
  const listeners = new Set<() => void>();
  let people = NOBODY;
  const set = (changed: readonly Person[]) => {
    people = changed;
    listeners.forEach((listener) => { listener(); });
  };
  const change = (number: number, changed: Partial<Person>) => {
    set(people.map((person) => (person.number === number ? { ...person, ...changed } : person)));
  };

  return {
    get: () => people,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Somebody said who they are, or has gone. */
    meet: (number: number, presence: Presence | null) => {
      const others = people.filter((person) => person.number !== number);
      const known = people.find((person) => person.number === number) ?? { number, at: null, ink: [] };
      set(presence ? [...others, { ...known, name: presence.name }].sort((a, b) => a.number - b.number) : others);
    },
    follow: (number: number, { at, ink = [], begins = false }: Pen) => {
      const person = people.find((each) => each.number === number);
      if (!person) return;
      if (!begins) change(number, { at, ink: ink.length > 0 ? [...person.ink, ...ink].slice(-MOST_INK) : person.ink });
      else if (ink.length > 0) change(number, { at, ink });
      else {
        change(number, { at });
        setTimeout(() => {
          if (people.find((each) => each.number === number)?.ink === person.ink) change(number, { ink: [] });
        }, LINGERING);
      }
    },
    /** The connection was cut. */
    forget: () => {
      if (people.length > 0) set(NOBODY);
    },
  };
}

export type People = ReturnType<typeof createPeople>;
