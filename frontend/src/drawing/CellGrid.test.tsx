import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { cellsOf } from '../ink/cells';
import type { Strokes } from '../ink/drawing';
import { renderOnPage } from '../testing/render';
import { CellGrid } from './CellGrid';

describe('the keyboard grid', () => {
  function Grid({ onChange }: { onChange: (strokes: Strokes) => void }) {
    const [strokes, setStrokes] = useState<Strokes>([]);
    return (
      <CellGrid
        strokes={strokes}
        onChange={(changed) => {
          setStrokes(changed);
          onChange(changed);
        }}
      />
    );
  }

  it('moves by arrow keys, fills by space and draws with Shift', async () => {
    const onChange = vi.fn<(strokes: Strokes) => void>();
    renderOnPage(<Grid onChange={onChange} />);
    const filled = () => cellsOf(onChange.mock.lastCall?.[0] ?? []).filter(Boolean).length;
    expect(screen.getByRole('gridcell', { name: 'Row 15, column 15, paper' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowLeft} ');
    expect(screen.getByRole('gridcell', { name: 'Row 14, column 14, ink' })).toHaveFocus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(filled()).toBe(3);
    await userEvent.keyboard(' ');
    expect(filled()).toBe(2);
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowUp}{ArrowLeft}');
    expect(screen.getByRole('gridcell', { name: 'Row 1, column 1, paper' })).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('gridcell', { name: 'Row 1, column 28, paper' })).toHaveFocus();
  }, 20_000);

  it('has one cell in the tab order', () => {
    renderOnPage(<Grid onChange={() => undefined} />);
    const cells = screen.getByRole('grid').querySelectorAll('[role="gridcell"][tabindex="0"]');
    expect(cells).toHaveLength(1);
  });
});
