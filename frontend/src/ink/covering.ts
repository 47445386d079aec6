/** Covering: the likeliest way to take each piece into exactly one group. */

export interface Cover {
  /** The chosen groups by their places in the list that was given, by their first pieces. */
  readonly groups: readonly number[];
  readonly score: number;
  /** The share of this cover among all of them, if scores are logarithms of what each is worth: 0..1. */
  readonly share: number;
}

/**
 * The cover of `count` pieces with the largest sum of `scores`, one a group; groups hold ascending places,
 * and each piece must be in one. Scores of -Infinity rule a group out.
 */
export function bestCover(count: number, groups: readonly (readonly number[])[], scores: readonly number[]): Cover {
  const startingAt: number[][] = Array.from({ length: count }, () => []);
  groups.forEach((group, i) => startingAt[group[0]].push(i));
  const known = new Map<string, Best>();

  /** The best cover of what is left: all from `first` on that isn't `taken`, which is ascending. */
  const from = (first: number, taken: readonly number[]): Best => {
    if (first >= count) return DONE;
    if (taken[0] === first) return from(first + 1, taken.slice(1));
    const key = [first, ...taken].join(' ');
    const found = known.get(key) ?? choose(first, taken);
    known.set(key, found);
    return found;
  };

  const choose = (first: number, taken: readonly number[]): Best => {
    let best: Best = NONE;
    let total = -Infinity;
    for (const i of startingAt[first]) {
      if (groups[i].some((piece) => taken.includes(piece))) continue;
      const rest = from(first + 1, [...taken, ...groups[i].slice(1)].sort((a, b) => a - b));
      total = addLogs(total, scores[i] + rest.total);
      const score = scores[i] + rest.score;
      if (score > best.score) best = { score, total, group: i, rest };
    }
    return { ...best, total };
  };

  const best = from(0, []);
  const chosen: number[] = [];
  for (let at: Best | undefined = best; at?.group !== undefined; at = at.rest) chosen.push(at.group);
  return { groups: chosen, score: best.score, share: Math.exp(best.score - best.total) };
}

interface Best {
  readonly score: number;
  readonly total: number; // the logarithm of the sum over all covers
  readonly group?: number;
  readonly rest?: Best;
}

const DONE: Best = { score: 0, total: 0 };
const NONE: Best = { score: -Infinity, total: -Infinity };

function addLogs(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}
