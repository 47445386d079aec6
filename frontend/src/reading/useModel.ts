import { useQuery } from '@tanstack/react-query';
import { ApiFailure } from '../api/failures';
import type { AlphabetName } from '../api/types';
import { useAlphabet } from './alphabetChoice';
import { getModel } from './reader';

/** The facts of the model that answers. */
export function useModel() {
  return useModelOf(useAlphabet().alphabet);
}

/** Whether the server reads letters: it does, unless it says that it knows no such alphabet. */
export function useHasLetters(): boolean {
  const { error } = useModelOf('letters');
  return !(error instanceof ApiFailure && error.kind === 'rejected');
}

function useModelOf(alphabet: AlphabetName) {
  return useQuery({
    queryKey: ['model', alphabet],
    queryFn: ({ signal }) => getModel(signal, alphabet),
    staleTime: 5 * 60_000,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
}
