/** The alphabet that is read, digits or letters, as everything on the page may ask. */

import { createContext, useContext } from 'react';
import { labelsOf } from '../api/answers';
import type { AlphabetName } from '../api/types';
import { save } from '../ui/storage';
import { oneOf } from '../ui/useStored';

export interface AlphabetChoice {
  readonly alphabet: AlphabetName;
  readonly choose: (alphabet: AlphabetName) => void;
  /** Whether the server reads letters at all. */
  readonly hasLetters: boolean;
}

export const STORED_ALPHABET = 'digits.alphabet';
export const readAlphabet = oneOf<AlphabetName>('digits', 'letters');

/** Has the page read what its address asks for (`?alphabet=letters`), as the installed page's shortcuts do. */
export function chooseByAddress(query: string): void {
  const asked = readAlphabet(new URLSearchParams(query).get('alphabet'));
  if (asked) save(STORED_ALPHABET, asked);
}

export const AlphabetContext = createContext<AlphabetChoice>({
  alphabet: 'digits',
  choose: () => undefined,
  hasLetters: false,
});

export function useAlphabet(): AlphabetChoice {
  return useContext(AlphabetContext);
}

export const ALPHABET_WORDS: Readonly<Record<AlphabetName, string>> = { digits: 'Digits', letters: 'Letters' };

/** What one character of the alphabet is called. */
export const ONE: Readonly<Record<AlphabetName, 'digit' | 'letter'>> = { digits: 'digit', letters: 'letter' };

/** The other one. */
export const OTHER: Readonly<Record<AlphabetName, AlphabetName>> = { digits: 'letters', letters: 'digits' };

/** The alphabet that has these labels; undefined where it is none of ours. */
export function alphabetOf(labels: readonly string[]): AlphabetName | undefined {
  return (['digits', 'letters'] as const).find((name) => labelsOf(name).join() === labels.join());
}
