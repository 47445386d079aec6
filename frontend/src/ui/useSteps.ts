import { startTransition, useEffect, useState } from 'react';

/**
 * Counts from 0 to `last`, each step once the one before it is on the screen: what is put together by steps keeps
 * no finger waiting on a slow phone.
 */
export function useSteps(last: number): number {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (step >= last) return;
    const timer = setTimeout(() => {
      startTransition(() => {
        setStep(step + 1);
      });
    });
    return () => {
      clearTimeout(timer);
    };
  }, [step, last]);
  return step;
}
