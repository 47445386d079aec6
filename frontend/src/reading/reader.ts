/** The reader of this page: every question about framed images goes through it. */

import { useSyncExternalStore } from 'react';
import * as api from '../api/client';
import { isOnlyHere, setOnlyHere, watchOnlyHere } from '../api/onlyHere';
import { createReaders } from './readers';

const readers = createReaders(
  () => api,
  async () => (await import('../local/localReader')).startLocalReader(),
);

export const { predict, predictBatch, getModel, serverSeen, watchGone } = readers;

/** Whether this device can read, and whether nobody else shall. */
export function useDevice() {
  const state = useSyncExternalStore(readers.watchDevice, readers.deviceState);
  return { state, ...useOnlyHere() };
}

/** The setting that nothing is sent anywhere. */
export function useOnlyHere() {
  const onlyHere = useSyncExternalStore(watchOnlyHere, isOnlyHere);
  return { onlyHere, setOnlyHere };
}
