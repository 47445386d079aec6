import { useQuery } from '@tanstack/react-query';
import type { Prediction } from '../api/types';
import type { Pixels } from '../ink/framing';
import { OTHER, useAlphabet } from './alphabetChoice';
import { predict } from './reader';

const SURE = 0.9; // of a reading that is this likely nobody needs another
const CLEARLY = 1.25; // times as likely, before another alphabet is offered

/** What can't be told apart by its shape alone: pairs of a digit and a letter. */
const TWINS = ['0O', '1I', '1L', '5S', '2Z'];

/** Another alphabet's reading that is worth a word beside an answer. */
export interface Other {
  readonly prediction: Prediction;
  /** Whether it is the likelier one, or else a twin that the answer can't be told from. */
  readonly isLikelier: boolean;
}

/** Whether one of the characters is a digit and the other a letter that is written like it. */
export function areTwins(one: string | null, other: string | null): boolean {
  return TWINS.some((twins) => one !== other && [one, other].every((each) => each !== null && twins.includes(each)));
}

/** How likely it is that the image shows a character of the alphabet, and that one. */
export function likelihoodOf({ confidence, is_character: isCharacter = 1 }: Prediction): number {
  return confidence * isCharacter;
}

/** Whether `other` says more clearly what is written than `answer`; what it refuses it doesn't say. */
export function isLikelier(other: Prediction, answer: Prediction): boolean {
  return other.character !== null && likelihoodOf(other) > CLEARLY * likelihoodOf(answer);
}

/** What `other`, of another alphabet, is worth beside `answer`; undefined for nothing. */
export function otherOf(other: Prediction, answer: Prediction): Other | undefined {
  if (isLikelier(other, answer)) return { prediction: other, isLikelier: true };
  const isAsLikely = CLEARLY * likelihoodOf(other) > likelihoodOf(answer);
  return isAsLikely && areTwins(other.character, answer.character) ? { prediction: other, isLikelier: false } : undefined;
}

/**
 * What the other alphabet reads in `pixels`, where that is likelier than `answer`, or as likely and written alike.
 * It is asked only where the answer leaves room for it.
 */
export function useOtherReading(pixels: Pixels, answer: Prediction | undefined): Other | undefined {
  const { alphabet, hasLetters } = useAlphabet();
  const other = OTHER[alphabet];
  const isOpen = answer !== undefined && (likelihoodOf(answer) < SURE || mayHaveTwin(answer));
  const { data } = useQuery({
    queryKey: ['other', other, String.fromCharCode(...pixels)],
    queryFn: ({ signal }) => predict(pixels, signal, other),
    enabled: hasLetters && isOpen,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  return isOpen && data ? otherOf(data, answer) : undefined;
}

/** Refused, it may be anything. */
function mayHaveTwin({ character }: Prediction): boolean {
  return character === null || TWINS.some((twins) => twins.includes(character));
}
