import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Stroke } from '../ink/strokes';
import { answerOf } from '../testing/answers';
import { useHistory } from './useHistory';

const stroke: Stroke = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore

describe('the history', () => {
  it('keeps one entry a drawing, newest first, at most 24, through a reload', () => {
    const { result } = renderHook(useHistory);
    act(() => {
      for (let i = 0; i < 30; i++) result.current.record(String(i), [stroke], answerOf(i % 10));
      result.current.record('29', [stroke, stroke], answerOf(4));
    });
    expect(result.current.entries).toHaveLength(24);
    expect(result.current.entries[0]).toMatchObject({ id: '29', digit: 4, strokes: [stroke, stroke] });
    act(() => {
      result.current.remove('29');
    });
    expect(renderHook(useHistory).result.current.entries[0].id).toBe('28');
    act(() => {
      result.current.removeAll();
    });
    expect(result.current.entries).toEqual([]);
  });
});
