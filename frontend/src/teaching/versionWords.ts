/** The line of models as a person reads it: what each has learnt, and what that changed. */

import type { Change, ModelVersion } from '../api/teaching';

const HELD_OUT = 'held_out_lessons'; // lessons that judge, and nothing learns from them
const NEGATIVES = /negatives$/; // what is no character

export interface VersionRow {
  readonly version: string;
  readonly served: boolean;
  /** How it came about. */
  readonly origin: string;
  /** The share answered right before and after, of lessons that it didn't learn from. */
  readonly lessons: string;
  /** The same of all others, which it mustn't forget. */
  readonly others: string;
}

/** Newest first; none where nothing has been learnt. */
export function versionRowsOf(versions: readonly ModelVersion[]): VersionRow[] {
  if (versions.length < 2) return [];
  return versions.map(({ version, served, shipped, lessons, figures }) => {
    const others = Object.entries(figures).filter(([name]) => name !== HELD_OUT && !NEGATIVES.test(name));
    return {
      version,
      served,
      origin: shipped ? 'as it was trained' : `from ${(lessons ?? 0).toLocaleString('en')} ${lessons === 1 ? 'lesson' : 'lessons'}`,
      lessons: changeInWords([figures[HELD_OUT]]),
      others: changeInWords(others.map(([, change]) => change)),
    };
  });
}

/** Of several sets the share of all their images together; empty where nothing was measured. */
function changeInWords(changes: readonly (Change | undefined)[]): string {
  const known = changes.filter((change) => change !== undefined);
  const count = known.reduce((sum, { n }) => sum + n, 0);
  if (count === 0) return '';
  const share = (side: 'before' | 'after') =>
    `${((100 * known.reduce((sum, change) => sum + change.n * change[side].answered_right, 0)) / count).toFixed(1)}%`;
  return `${share('before')} → ${share('after')}`;
}
