import { useQuery } from '@tanstack/react-query';
import { getModel } from '../api/client';

/** The facts of the model that answers. */
export function useModel() {
  return useQuery({
    queryKey: ['model'],
    queryFn: ({ signal }) => getModel(signal),
    staleTime: 5 * 60_000,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
}
