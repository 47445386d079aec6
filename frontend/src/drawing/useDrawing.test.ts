import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { setWidths, widthsOf } from '../ink/pressure';
import type { Stroke } from '../ink/strokes';
import { useDrawing } from './useDrawing';

const stroke: Stroke = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore

describe('the drawing', () => {
  it('survives a reload, and so does its name', () => {
    const first = renderHook(useDrawing);
    act(() => {
      first.result.current.replace([stroke]);
    });
    const { id } = first.result.current;
    first.unmount();
    const { result } = renderHook(useDrawing);
    expect(result.current).toMatchObject({ id, strokes: [stroke], canUndo: false });
  });

  it('keeps through a reload how wide a pen drew it, where that was told', () => {
    const pressed: Stroke = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore
    setWidths(pressed, [0.7, 1.234]);
    const first = renderHook(useDrawing);
    act(() => {
      first.result.current.replace([stroke, pressed]);
    });
    first.unmount();
    const { strokes } = renderHook(useDrawing).result.current;
    expect(strokes).toEqual([stroke, pressed]);
    expect(strokes.map(widthsOf)).toEqual([undefined, [0.7, 1.23]]);
  });

  it('starts empty where something else was stored', () => {
    localStorage.setItem('digits.drawing', '{"strokes": "many"}');
    expect(renderHook(useDrawing).result.current.isEmpty).toBe(true);
  });

  it('becomes another one when it is cleared or named so, not when it goes on', () => {
    const { result } = renderHook(useDrawing);
    act(() => {
      result.current.replace([stroke]);
    });
    const { id } = result.current;
    act(() => {
      result.current.replace([stroke, stroke]);
    });
    expect(result.current.id).toBe(id);
    act(() => {
      result.current.replace([stroke], 'another');
    });
    expect(result.current.id).toBe('another');
    act(() => {
      result.current.clear();
    });
    expect(result.current.id).not.toBe('another');
  });
});
