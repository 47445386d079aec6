/** Groups: which strokes, or parts of them, may be one character, and how well they go together. */

import { strokeDistance } from './distances';
import { joined } from './lines';
import { type Bounds, boundsOf, type Stroke } from './strokes';

/** A stroke of a drawing, a part of one that is cut, or many strokes that are one tangle. */
export interface Piece {
  /** The place of its first stroke in the drawing: strokes are in the order in which they were drawn. */
  readonly stroke: number;
  /** Its place among the parts of its stroke; 0 where that isn't cut. */
  readonly part: number;
  readonly strokes: readonly Stroke[];
  readonly points: Stroke; // all of `strokes`
}

/** How two pieces lie to each other; lengths in sizes of a character. */
export interface Relation {
  /** The parts of one stroke that follow each other. */
  readonly joined: boolean;
  readonly distance: number;
  /** The share of the narrower one's width that lies over or under the other. */
  readonly overlap: number;
  /** How many strokes were drawn between them. */
  readonly between: number;
}

const MOST_PIECES = 5; // in a character
const REACH = 7; // pieces to the right of a group's leftmost one that may be in it
const WIDEST = 1.7; // sizes of a character
const FARTHEST = 0.45; // sizes of a character, from a piece to the nearest of its group
const NARROWEST = 0.15; // sizes of a character: a thin stroke counts as that wide
const POINTS = 24; // of a piece that are looked at
const TOUCHING = 0.04; // sizes of a character

/**
 * The strokes of a drawing as pieces. More strokes that touch than a character is written with are one piece:
 * the keyboard's grid draws so, and scribbles are so.
 */
export function piecesOf(strokes: readonly Stroke[], size: number): Piece[] {
  const few = strokes.map(thinnedOut);
  const bounds = strokes.map((stroke) => boundsOf([stroke]));
  const near = TOUCHING * size;
  const tangles = joined(strokes.map((_, i) => i), (a, b) =>
    gapBetween(bounds[a], bounds[b]) <= near && strokeDistance(few[a], few[b]) <= near,
  );
  return tangles
    .flatMap((tangle) => (tangle.length > MOST_PIECES ? [tangle.sort((a, b) => a - b)] : tangle.map((i) => [i])))
    .map((places) => pieceOf(places.map((i) => strokes[i]), places[0]))
    .sort((a, b) => a.stroke - b.stroke);
}

export function pieceOf(strokes: readonly Stroke[], stroke: number, part = 0): Piece {
  return { stroke, part, strokes, points: strokes.length === 1 ? strokes[0] : strokes.flat() };
}

/**
 * The groups that may be a character, as ascending places in `pieces`, which go from left to right. The
 * first place of a group comes first; every piece is a group alone.
 */
export function candidateGroups(pieces: readonly Piece[], size: number, relate: Relate): number[][] {
  const bounds = pieces.map(({ points }) => boundsOf([points]));
  return pieces.flatMap((_, first) => {
    const groups: number[][] = [[first]];
    const last = Math.min(pieces.length - 1, first + REACH);
    // Each place after the first is taken into every group found so far, or not.
    for (let next = first + 1; next <= last; next++) {
      const larger = groups
        .filter((group) => group.length < MOST_PIECES)
        .map((group) => [...group, next]);
      groups.push(...larger.filter((group) => isNarrow(group.map((i) => bounds[i]), size)));
    }
    return groups.filter((group) => isWhole(group, pieces) && isConnected(group, relate));
  });
}

export type Relate = (a: number, b: number) => Relation;

/** How each two of `pieces` lie to each other, by their places; computed once for each two. */
export function relations(pieces: readonly Piece[], size: number): Relate {
  const unit = size > 0 ? size : 1;
  const few = pieces.map(({ points }) => thinnedOut(points));
  const bounds = pieces.map(({ points }) => boundsOf([points]));
  const known = new Map<number, Relation>();
  return (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const key = low * pieces.length + high;
    const found = known.get(key) ?? {
      joined: pieces[a].stroke === pieces[b].stroke && Math.abs(pieces[a].part - pieces[b].part) === 1,
      distance: strokeDistance(few[a], few[b]) / unit,
      overlap: overlapOf(bounds[a], bounds[b], NARROWEST * unit),
      between: Math.max(0, Math.abs(pieces[a].stroke - pieces[b].stroke) - 1),
    };
    known.set(key, found);
    return found;
  };
}

/** The strokes of a group as they were drawn: parts that follow each other are one again. */
export function strokesOf(group: readonly Piece[]): Stroke[] {
  const strokes: Stroke[] = [];
  const ordered = [...group].sort((a, b) => a.stroke - b.stroke || a.part - b.part);
  ordered.forEach(({ stroke, part, points, strokes: own }, i) => {
    const before = ordered[i - 1] as Piece | undefined;
    if (before?.stroke === stroke && before.part === part - 1) {
      strokes.push([...(strokes.pop() ?? []), ...points.slice(1)]);
    } else {
      strokes.push(...own);
    }
  });
  return strokes;
}

/** Whether no part is left out between two parts of one stroke. */
function isWhole(group: readonly number[], pieces: readonly Piece[]): boolean {
  const parts = group.map((i) => pieces[i]).sort((a, b) => a.stroke - b.stroke || a.part - b.part);
  return parts.every(({ stroke, part }, i) => i === 0 || parts[i - 1].stroke !== stroke || parts[i - 1].part === part - 1);
}

function isNarrow(group: readonly Bounds[], size: number): boolean {
  const [lefts, rights] = [group.map(({ left }) => left), group.map(({ right }) => right)];
  return Math.max(...rights) - Math.min(...lefts) <= WIDEST * size;
}

function isConnected(group: readonly number[], relate: Relate): boolean {
  const reached = [group[0]];
  for (const piece of reached) {
    for (const other of group) {
      if (!reached.includes(other) && relate(piece, other).distance <= FARTHEST) reached.push(other);
    }
  }
  return reached.length === group.length;
}

/** The smallest distance that what lies in two rectangles can have along an axis. */
function gapBetween(a: Bounds, b: Bounds): number {
  return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom, 0);
}

function overlapOf(a: Bounds, b: Bounds, narrowest: number): number {
  const [widthA, widthB] = [a, b].map(({ left, right }) => Math.max(right - left, narrowest));
  const middle = ({ left, right }: Bounds) => (left + right) / 2;
  const shared = Math.min(widthA, widthB, (widthA + widthB) / 2 - Math.abs(middle(a) - middle(b)));
  return Math.max(0, shared) / Math.min(widthA, widthB);
}

const thinned = new WeakMap<Stroke, Stroke>();

/** At most `POINTS` points of a stroke, the same ones whenever it is asked for. */
function thinnedOut(points: Stroke): Stroke {
  if (points.length <= POINTS) return points;
  const at = (i: number) => points[Math.round((i * (points.length - 1)) / (POINTS - 1))];
  const some = thinned.get(points) ?? Array.from({ length: POINTS }, (_, i) => at(i));
  thinned.set(points, some);
  return some;
}
