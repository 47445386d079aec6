import { useInfiniteQuery } from '@tanstack/react-query';
import { listLessons } from '../api/client';
import type { KeptLesson, Teacher } from '../api/teaching';
import { TEACHING } from './useTeaching';

const AT_ONCE = 60; // lessons in a request

/** The lessons that the server keeps of this teacher, newest first, more of them when asked for. */
export function useLessons({ secret, token }: Teacher) {
  return useInfiniteQuery({
    queryKey: [...TEACHING, 'lessons', secret, token],
    queryFn: ({ pageParam, signal }) => listLessons({ secret, token }, { after: pageParam, limit: AT_ONCE, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: readonly KeptLesson[]) => (last.length < AT_ONCE ? undefined : last.at(-1)?.id),
    enabled: secret !== undefined,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
}
