/**
 * Cells: a drawing as filled squares of a 28x28 grid, for people who draw by keyboard.
 *
 * Cells are strokes seen through a coarser eye, so whatever works on strokes (undo, framing, the
 * timeline, saving) works on them too. `cellsOf(strokesOfCells(cells))` gives the cells back.
 */

import { SIDE } from './framing';
import { drawStrokes, type Point, type Stroke } from './strokes';

const HALF = 127;

/** 784 booleans, row-major: is the cell filled? */
export type Cells = readonly boolean[];

/** The cells whose centre lies within half a cell of a stroke. */
export function cellsOf(strokes: readonly Stroke[]): Cells {
  const inCells = strokes.map((stroke) => stroke.map(([x, y]) => [x * SIDE, y * SIDE] as const));
  return Array.from(drawStrokes(inCells, SIDE, 1).levels, (level) => level > HALF);
}

/** Strokes through the centres of the filled cells, joining neighbours. */
export function strokesOfCells(cells: Cells): Stroke[] {
  const filled = (row: number, column: number) =>
    row >= 0 && row < SIDE && column >= 0 && column < SIDE && cells[row * SIDE + column];
  return [
    ...runs(filled, (line, i) => [line, i]),
    ...runs(filled, (line, i) => [i, line]),
    ...diagonals(filled),
    ...dots(filled),
  ].map((stroke) => stroke.map(([row, column]): Point => [(column + 0.5) / SIDE, (row + 0.5) / SIDE]));
}

export function withCell(cells: Cells, index: number, filled: boolean): Cells {
  return cells.map((cell, i) => (i === index ? filled : cell));
}

type Filled = (row: number, column: number) => boolean;
type Cell = readonly [row: number, column: number];

const INDICES = Array.from({ length: SIDE }, (_, i) => i);

function runs(filled: Filled, cellAt: (line: number, i: number) => Cell): Cell[][] {
  const found: Cell[][] = [];
  for (const line of INDICES) {
    let run: Cell[] = [];
    for (const i of [...INDICES, SIDE]) {
      if (filled(...cellAt(line, i))) {
        run.push(cellAt(line, i));
        continue;
      }
      if (run.length > 1) found.push(run);
      run = [];
    }
  }
  return found;
}

/** Joins across a corner, where no run already goes round it. */
function diagonals(filled: Filled): Cell[][] {
  return everyCell(filled).flatMap(([row, column]) =>
    [1, -1]
      .filter((step) => filled(row + 1, column + step))
      .filter((step) => !filled(row + 1, column) && !filled(row, column + step))
      .map((step): Cell[] => [
        [row, column],
        [row + 1, column + step],
      ]),
  );
}

function dots(filled: Filled): Cell[][] {
  const steps = [-1, 0, 1];
  return everyCell(filled)
    .filter(
      ([row, column]) =>
        !steps.some((down) =>
          steps.some((right) => (down !== 0 || right !== 0) && filled(row + down, column + right)),
        ),
    )
    .map((cell) => [cell]);
}

function everyCell(filled: Filled): Cell[] {
  return INDICES.flatMap((row) =>
    INDICES.filter((column) => filled(row, column)).map((column): Cell => [row, column]),
  );
}
