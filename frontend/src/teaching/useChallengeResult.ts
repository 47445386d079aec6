import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { labelsOf } from '../api/answers';
import type { Lesson } from '../api/teaching';
import type { AlphabetName } from '../api/types';
import { frameStrokes } from '../ink/strokes';
import { predictBatch } from '../reading/reader';
import { type Attempt, resultOf } from './challenge';
import { lessonOf, subjectOf } from './subject';

/** How the attempts were read, all of them asked about at once. */
export function useChallengeResult(alphabet: AlphabetName, attempts: readonly Attempt[]) {
  const images = useMemo(() => attempts.map(({ strokes }) => frameStrokes(strokes)), [attempts]);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['challenge', alphabet, attempts],
    queryFn: ({ signal }) => predictBatch(images, signal, alphabet),
    staleTime: Infinity,
    gcTime: 0, // the next challenge is another one
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  const result = useMemo(() => data && resultOf(labelsOf(alphabet), attempts, data), [data, alphabet, attempts]);
  return {
    result,
    model: data?.at(0)?.model,
    error,
    isFetching,
    again: () => void refetch(),
    /** The attempts as lessons, each meant to be what was asked for. */
    lessons: (collection: string): Lesson[] =>
      attempts.flatMap(({ asked, strokes }, i) => {
        const prediction = data?.at(i);
        if (!prediction) return [];
        const { character } = prediction;
        const subject = subjectOf(prediction, character, character, strokes, Array.from(images[i]));
        return subject ? [lessonOf(subject, asked, collection, true)] : [];
      }),
  };
}
