/** The drawings that this browser shared by short links, with what deletes them. */

import * as v from 'valibot';
import { load, save } from '../ui/storage';
import type { Shared } from '../api/sharing';

const KEY = 'digits.sharedDrawings';
const Stored = v.array(v.object({ id: v.string(), secret: v.string(), ends: v.pipe(v.string(), v.isoTimestamp()) }));

/** Those that haven't ended, newest first. */
export function sharedDrawings(now = Date.now()): Shared[] {
  const stored = load(KEY, (value) => {
    const { success, output } = v.safeParse(Stored, value);
    return success ? output : undefined;
  });
  return (stored ?? []).filter(({ ends }) => Date.parse(ends) > now);
}

/** Returns those that are kept then. */
export function addShared(shared: Shared): Shared[] {
  return store([shared, ...sharedDrawings()]);
}

/** Returns those that are kept then. */
export function dropShared(id: string): Shared[] {
  return store(sharedDrawings().filter((each) => each.id !== id));
}

function store(kept: Shared[]): Shared[] {
  save(KEY, kept);
  return kept;
}
