import { useEffect } from 'react';
import type { Answer } from './reading';

const TICK = 10; // ms

/** Lets the hand feel that an answer has come, on a device that can, and unless its owner wants less motion. */
export function useTick(answer: Answer | undefined): void {
  useEffect(() => {
    // Browsers refuse it, with a warning, until the page was touched.
    if (!answer || !('vibrate' in navigator) || !navigator.userActivation.hasBeenActive) return;
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate(TICK);
  }, [answer]);
}
