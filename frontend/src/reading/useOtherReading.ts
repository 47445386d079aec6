import { useQuery } from '@tanstack/react-query';
import type { Prediction } from '../api/types';
import type { Pixels } from '../ink/framing';
import { OTHER, useAlphabet } from './alphabetChoice';
import { predict } from './reader';

const SURE = 0.9; // of a reading that is this likely nobody needs another
const CLEARLY = 1.25; // times as likely, before another alphabet is offered

/** How likely it is that the image shows a character of the alphabet, and that one. */
export function likelihoodOf({ confidence, is_character: isCharacter = 1 }: Prediction): number {
  return confidence * isCharacter;
}

/** Whether `other` says more clearly what is written than `answer`; what it refuses it doesn't say. */
export function isLikelier(other: Prediction, answer: Prediction): boolean {
  return other.character !== null && likelihoodOf(other) > CLEARLY * likelihoodOf(answer);
}

/**
 * What the other alphabet reads in `pixels`, where that is likelier than `answer`. It is asked only where
 * the answer leaves room for it.
 */
export function useOtherReading(pixels: Pixels, answer: Prediction | undefined): Prediction | undefined {
  const { alphabet, hasLetters } = useAlphabet();
  const other = OTHER[alphabet];
  const isOpen = answer !== undefined && (answer.character === null || likelihoodOf(answer) < SURE);
  const { data } = useQuery({
    queryKey: ['other', other, String.fromCharCode(...pixels)],
    queryFn: ({ signal }) => predict(pixels, signal, other),
    enabled: hasLetters && isOpen,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  return isOpen && data && isLikelier(data, answer) ? data : undefined;
}
