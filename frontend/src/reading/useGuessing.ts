import { useState } from 'react';
import type { Answer } from './reading';

/** Whether to show the guess behind a refusal; each new answer starts without. */
export function useGuessing(answer: Answer | undefined) {
  const [guessed, setGuessed] = useState<Answer>();
  const guessing = answer !== undefined && guessed === answer;
  return {
    guessing,
    toggle: () => {
      setGuessed(guessing ? undefined : answer);
    },
  };
}
