import { renderHook, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useGrowing } from './useGrowing';

describe('a long list', () => {
  it('grows step by step until it is whole, and with what is added', async () => {
    const seen: number[] = [];
    const { rerender } = renderHook((total: number) => seen.push(useGrowing(total)), { initialProps: 250 });
    await waitFor(() => {
      expect(seen).toEqual([100, 200, 250]);
    });
    rerender(420);
    await waitFor(() => {
      expect(seen.at(-1)).toBe(420);
    });
    rerender(7);
    expect(seen.at(-1)).toBe(7);
  });
});
