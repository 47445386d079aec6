import { type ReactNode, useMemo } from 'react';
import type { AlphabetName } from '../api/types';
import { useStored } from '../ui/useStored';
import { AlphabetContext, readAlphabet, STORED_ALPHABET } from './alphabetChoice';
import { useHasLetters } from './useModel';

/** Remembers which alphabet is read; digits, where the server reads no letters. */
export function AlphabetProvider({ children }: { children: ReactNode }) {
  const [chosen, choose] = useStored<AlphabetName>(STORED_ALPHABET, 'digits', readAlphabet);
  const hasLetters = useHasLetters();
  const choice = useMemo(
    () => ({ alphabet: hasLetters ? chosen : ('digits' as const), choose, hasLetters }),
    [hasLetters, chosen, choose],
  );
  return <AlphabetContext value={choice}>{children}</AlphabetContext>;
}
