import { hashKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { checkHealth } from '../api/client';
import { ApiFailure } from '../api/failures';
import { serverSeen, useDevice, watchGone } from './reader';

export type Server =
  | 'checking'
  | 'ready'
  | 'starting'
  | 'offline'
  | 'failing'
  | 'replaced' // it doesn't answer, and this device reads
  | 'unused'; // this device reads alone, as the person wants it

const HEALTH = ['health'];
const FRESH = 1_000; // ms, a look this recent is worth no other
const CALM = 15_000; // ms between looks at a server that is well
const FIRST_DELAY = 500; // ms, then each look at one that isn't waits half as long again
const LONGEST_DELAY = 8_000; // ms

/** The server's state, watched; once it is back, whatever failed without it is asked again. */
export function useServer(): Server {
  const client = useQueryClient();
  const [watch] = useState(createWatch);
  const device = useDevice();
  const { status, error, dataUpdatedAt } = useQuery({
    queryKey: HEALTH,
    queryFn: ({ signal }) => watch.look(signal),
    retry: false,
    networkMode: 'always',
    refetchInterval: watch.delay,
    enabled: !device.onlyHere,
  });

  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== 'updated' || query.queryHash === hashKey(HEALTH)) return;
        if (!isUnreachable(query.state.error) || query.state.fetchStatus !== 'idle') return;
        const seen = client.getQueryState(HEALTH)?.dataUpdatedAt ?? 0;
        if (Date.now() - seen < FRESH) return;
        void client.invalidateQueries({ queryKey: HEALTH }, { cancelRefetch: false });
      }),
    [client],
  );

  useEffect(
    () => watchGone(() => void client.invalidateQueries({ queryKey: HEALTH }, { cancelRefetch: false })),
    [client],
  );

  useEffect(() => {
    if (dataUpdatedAt === 0) return;
    void client.refetchQueries({ type: 'active', predicate: ({ state }) => isUnreachable(state.error) });
  }, [client, dataUpdatedAt]);

  if (device.onlyHere) return 'unused';
  const state = stateOf(status, error);
  return device.state === 'ready' && (state === 'offline' || state === 'starting') ? 'replaced' : state;
}

/** Looks at the server, and knows how long to wait for the next look. */
function createWatch() {
  let misses = 0;
  return {
    look: async (signal: AbortSignal) => {
      misses += 1;
      await checkHealth(signal).catch((error: unknown) => {
        if (isUnreachable(error)) serverSeen(false);
        throw error;
      });
      misses = 0;
      serverSeen(true);
      return true;
    },
    delay: () => (misses === 0 ? CALM : Math.min(FIRST_DELAY * 1.5 ** misses, LONGEST_DELAY)),
  };
}

function stateOf(status: 'pending' | 'error' | 'success', error: unknown): Server {
  if (status === 'success') return 'ready';
  if (status === 'pending') return 'checking';
  if (!(error instanceof ApiFailure)) return 'failing';
  return error.kind === 'offline' || error.kind === 'starting' ? error.kind : 'failing';
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ApiFailure && (error.kind === 'offline' || error.kind === 'starting');
}
