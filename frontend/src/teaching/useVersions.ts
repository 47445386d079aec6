import { useQuery } from '@tanstack/react-query';
import { getVersions } from '../api/client';
import { useAlphabet } from '../reading/alphabetChoice';

/** The models that this server has served and learnt; none where it doesn't tell. */
export function useVersions() {
  const { alphabet } = useAlphabet();
  const { data = [] } = useQuery({
    queryKey: ['versions', alphabet],
    queryFn: ({ signal }) => getVersions(signal, alphabet),
    staleTime: 60_000,
    retry: false,
    networkMode: 'always',
  });
  return data;
}
