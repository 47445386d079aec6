import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Stroke } from '../ink/strokes';
import { usePen } from './usePen';

describe('the pen', () => {
  function Sheet({ onUp }: { onUp: (stroke: Stroke) => void }) {
    const { onPointerDown } = usePen({ onDown: () => undefined, onMove: () => undefined, onUp });
    return <div data-testid="sheet" onPointerDown={onPointerDown} />;
  }

  const pointer = (type: string, pointerId: number, x: number, y: number, isPrimary = true) =>
    new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId, isPrimary });

  function setUp() {
    const strokes: Stroke[] = [];
    render(<Sheet onUp={(drawn) => strokes.push([...drawn])} />);
    const sheet = screen.getByTestId('sheet');
    sheet.getBoundingClientRect = () => ({ left: 100, top: 0, width: 200, height: 200 }) as DOMRect;
    return { sheet, strokes };
  }

  it('draws in units of the sheet, on beyond its edge', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 200, 100));
    fireEvent(window, pointer('pointermove', 1, 400, 100));
    fireEvent(window, pointer('pointerup', 1, 400, 100));
    expect(strokes).toEqual([[[0.5, 0.5], [1.5, 0.5]]]); // prettier-ignore
  });

  it('makes a dot of a tap', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 150, 50));
    fireEvent(window, pointer('pointerup', 1, 150, 50));
    expect(strokes).toEqual([[[0.25, 0.25]]]);
  });

  it('heeds one pointer at a time', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(sheet, pointer('pointerdown', 2, 300, 200, false));
    fireEvent(window, pointer('pointermove', 2, 120, 20, false));
    fireEvent(window, pointer('pointerup', 2, 120, 20, false));
    expect(strokes).toEqual([]);
    fireEvent(window, pointer('pointerup', 1, 100, 0));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  it('lets a pen take over from the palm that landed before it', () => {
    const { sheet, strokes } = setUp();
    const of = (pointerType: string, pointerId: number, type: string) =>
      new PointerEvent(type, { bubbles: true, clientX: 100, isPrimary: true, pointerId, pointerType });
    fireEvent(sheet, of('touch', 1, 'pointerdown'));
    fireEvent(sheet, of('pen', 2, 'pointerdown'));
    fireEvent(window, of('touch', 1, 'pointerup'));
    expect(strokes).toEqual([]);
    fireEvent(sheet, of('touch', 3, 'pointerdown'));
    fireEvent(window, of('pen', 2, 'pointerup'));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  it('ends the stroke when the browser takes the pointer away', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 0));
    fireEvent(window, pointer('pointercancel', 1, 0, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 200));
    expect(strokes).toEqual([[[0, 0], [1, 0]]]); // prettier-ignore
  });
});
