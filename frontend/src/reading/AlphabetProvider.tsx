import { type ReactNode, useMemo } from 'react';
import type { AlphabetName } from '../api/types';
import { oneOf, useStored } from '../ui/useStored';
import { AlphabetContext } from './alphabetChoice';
import { useHasLetters } from './useModel';

/** Remembers which alphabet is read; digits, where the server reads no letters. */
export function AlphabetProvider({ children }: { children: ReactNode }) {
  const [chosen, choose] = useStored<AlphabetName>('digits.alphabet', 'digits', oneOf<AlphabetName>('digits', 'letters'));
  const hasLetters = useHasLetters();
  const choice = useMemo(
    () => ({ alphabet: hasLetters ? chosen : ('digits' as const), choose, hasLetters }),
    [hasLetters, chosen, choose],
  );
  return <AlphabetContext value={choice}>{children}</AlphabetContext>;
}
