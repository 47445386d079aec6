import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Strokes } from '../ink/drawing';
import type { Stroke } from '../ink/strokes';
import { DrawingCanvas } from './DrawingCanvas';
import { createLiveDrawing } from './liveDrawing';

const pointer = (type: string, x: number, y: number) =>
  new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId: 1, isPrimary: true });

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({ left: 0, top: 0, width: 200, height: 200 } as DOMRect);
});

function setUp(erasing = false) {
  const drawn: Strokes[] = [];
  const before: Strokes = [[[0.5, 0.5], [0.6, 0.5]]]; // prettier-ignore
  const onChange = (strokes: Strokes) => drawn.push(strokes);
  render(
    <DrawingCanvas strokes={before} penWidth={0.05} erasing={erasing} live={createLiveDrawing()} onChange={onChange}>
      <button type="button">4</button>
    </DrawingCanvas>,
  );
  return { button: screen.getByRole('button'), paper: screen.getByTestId('drawing-canvas'), drawn, before };
}

describe('a button on the paper', () => {
  it.each([false, true])('leaves the drawing as it is when it is tapped with a shaky finger, erasing: %s', (erasing) => {
    const { button, drawn } = setUp(erasing);
    fireEvent(button, pointer('pointerdown', 100, 100));
    fireEvent(window, pointer('pointermove', 103, 102));
    fireEvent(window, pointer('pointerup', 103, 102));
    expect(drawn).toEqual([]);
  });

  it('is written over by a stroke, whole, and the next one on the paper is as ever', () => {
    const { button, paper, drawn, before } = setUp();
    fireEvent(button, pointer('pointerdown', 100, 100));
    fireEvent(window, pointer('pointermove', 102, 100));
    fireEvent(window, pointer('pointermove', 160, 100));
    fireEvent(window, pointer('pointerup', 160, 100));
    expect(drawn).toEqual([[...before, [[0.5, 0.5], [0.51, 0.5], [0.8, 0.5]]]]); // prettier-ignore
    fireEvent(paper, pointer('pointerdown', 20, 20));
    fireEvent(window, pointer('pointerup', 20, 20));
    expect(drawn[1]).toEqual([...before, [[0.1, 0.1]]]); // prettier-ignore
  });

  it('is erased under, from where the eraser came down', () => {
    const { button, drawn } = setUp(true);
    fireEvent(button, pointer('pointerdown', 110, 100));
    fireEvent(window, pointer('pointermove', 110, 180));
    fireEvent(window, pointer('pointerup', 110, 180));
    expect(drawn).toEqual([[]]);
  });
});

describe('a drawing that somebody else changes while the pen is down', () => {
  const theirs: Stroke = [[0.9, 0.1], [0.9, 0.2]]; // prettier-ignore

  it.each([
    [false, [theirs, [[0.1, 0.1], [0.2, 0.1]]]],
    [true, [theirs]],
  ] as const)('is changed by both, erasing: %s', (erasing, changed) => {
    const live = createLiveDrawing();
    const onChange = vi.fn();
    const mine: Stroke = [[0.1, 0.1], [0.15, 0.1]]; // prettier-ignore
    const canvas = (strokes: Strokes) => (
      <DrawingCanvas strokes={strokes} penWidth={0.05} erasing={erasing} live={live} onChange={onChange} />
    );
    const before = erasing ? [mine] : [];
    const { rerender } = render(canvas(before));
    fireEvent(screen.getByTestId('drawing-canvas'), pointer('pointerdown', 20, 20));
    fireEvent(window, pointer('pointermove', 40, 20));
    rerender(canvas([...before, theirs]));
    fireEvent(window, pointer('pointerup', 40, 20));
    expect(onChange.mock.calls).toEqual([[changed]]);
  });
});
