import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { explain } from '../api/client';
import { useAlphabet } from '../reading/alphabetChoice';
import { useDebounced } from '../ui/useDebounced';

const PAUSE = 200; // ms without a change, before anything is asked

/** Why the framed image `pixels`, 784 levels, is read as it is; follows it while it changes. */
export function useExplanation(pixels: ArrayLike<number>) {
  const asked = useDebounced(pixels, PAUSE);
  const { alphabet } = useAlphabet();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ['explanation', alphabet, String.fromCharCode(...Array.from(asked))],
    queryFn: ({ signal }) => explain(asked, signal, alphabet),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  return {
    explanation: data,
    isStale: isPlaceholderData || asked !== pixels,
    hasFailed: error !== null && !isFetching,
    again: () => void refetch(),
  };
}
