import { useEffect, useState } from 'react';

const STEP = 100; // rows, some 20 ms of work

/** How many of `total` rows to show: a long list grows frame by frame, so that the page answers meanwhile. */
export function useGrowing(total: number): number {
  const [grown, setGrown] = useState(STEP);
  useEffect(() => {
    if (grown >= total) return;
    const frame = requestAnimationFrame(() => {
      setGrown(grown + STEP);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [grown, total]);
  return Math.min(grown, total);
}
