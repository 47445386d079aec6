import { waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { explanationOf } from '../testing/explanations';
import { renderHookOnPage } from '../testing/render';
import { useExplanation } from './useExplanation';

vi.mock('../api/client');

describe('an explanation', () => {
  const levels = (level: number) => new Uint8Array(784).fill(level);

  it('is asked for once the drawing stands still, and what is out of date is cancelled', async () => {
    const explain = vi.mocked(api.explain);
    explain.mockImplementationOnce(() => new Promise(() => undefined));
    explain.mockResolvedValue(explanationOf(4, 9));
    const { result, rerender } = renderHookOnPage(useExplanation, levels(1));
    await waitFor(() => {
      expect(explain).toHaveBeenCalledTimes(1);
    });
    for (const level of [2, 3, 4]) rerender(levels(level));
    expect(result.current.isStale).toBe(true);
    await waitFor(() => {
      expect(result.current).toMatchObject({ isStale: false, explanation: { guess: 4 } });
    });
    expect(explain.mock.calls.map(([pixels]) => pixels[0])).toEqual([1, 4]);
    expect(explain.mock.calls[0][1]?.aborted).toBe(true);
  });
});
