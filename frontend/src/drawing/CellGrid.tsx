import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { type Cells, cellsOf, strokesOfCells, withCell } from '../ink/cells';
import type { Strokes } from '../ink/drawing';
import { SIDE } from '../ink/framing';

const MIDDLE = (SIDE / 2) * SIDE + SIDE / 2;
const LAST = SIDE - 1;

interface Props {
  readonly strokes: Strokes;
  /** The id of the words that name its keys. */
  readonly describedBy?: string;
  readonly onChange: (strokes: Strokes) => void;
}

/**
 * The paper for the keyboard: arrow keys move, space fills or empties a cell, Shift with an arrow key
 * fills the cells on the way.
 */
export function CellGrid({ strokes, describedBy, onChange }: Props) {
  const cells = useMemo(() => cellsOf(strokes), [strokes]);
  const [cursor, setCursor] = useState(MIDDLE);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [cursor]);

  const set = (changed: Cells) => {
    onChange(strokesOfCells(changed));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') {
      set(withCell(cells, cursor, !cells[cursor]));
    } else {
      const next = cellAfter(event, cursor);
      if (next === undefined) return;
      if (event.shiftKey) set(withCell(withCell(cells, cursor, true), next, true));
      setCursor(next);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={grid}
      className="cell-grid"
      role="grid"
      tabIndex={-1}
      aria-label="Drawing, 28 by 28 cells"
      aria-multiselectable="true"
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
    >
      {Array.from({ length: SIDE }, (_, row) => (
        <Row
          key={row}
          row={row}
          filled={cells.slice(row * SIDE, (row + 1) * SIDE).map(Number).join('')}
          cursor={Math.floor(cursor / SIDE) === row ? cursor % SIDE : -1}
          onPick={(column) => {
            setCursor(row * SIDE + column);
            set(withCell(cells, row * SIDE + column, !cells[row * SIDE + column]));
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly row: number;
  /** One character a cell, '1' for filled: text, so that an unchanged row is not rendered again. */
  readonly filled: string;
  readonly cursor: number;
  readonly onPick: (column: number) => void;
}

const Row = memo(
  function Row({ row, filled, cursor, onPick }: RowProps) {
    return (
      <div role="row">
        {Array.from(filled, (cell, column) => (
          // The grid listens to the keys of all its cells.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={column}
            role="gridcell"
            tabIndex={column === cursor ? 0 : -1}
            aria-selected={cell === '1'}
            aria-label={`Row ${String(row + 1)}, column ${String(column + 1)}, ${cell === '1' ? 'ink' : 'paper'}`}
            onClick={() => {
              onPick(column);
            }}
          />
        ))}
      </div>
    );
  },
  (a, b) => a.filled === b.filled && a.cursor === b.cursor,
);

function cellAfter({ key, ctrlKey }: KeyboardEvent, cursor: number): number | undefined {
  const [row, column] = [Math.floor(cursor / SIDE), cursor % SIDE];
  const at = (r: number, c: number) => Math.min(Math.max(r, 0), LAST) * SIDE + Math.min(Math.max(c, 0), LAST);
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'Home':
      return at(ctrlKey ? 0 : row, 0);
    case 'End':
      return at(ctrlKey ? LAST : row, LAST);
    default:
      return undefined;
  }
}
