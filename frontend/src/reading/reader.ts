/** The reader of this page: every question about framed images goes through it. */

import { useSyncExternalStore } from 'react';
import * as api from '../api/client';
import { isOnlyHere, watchOnlyHere } from '../api/onlyHere';
import { createReaders } from './readers';

const readers = createReaders(
  () => api,
  async () => (await import('../local/localReader')).startLocalReader(),
);

export const { predict, predictBatch, getModel, serverSeen } = readers;

/** Whether this device can read, and whether nothing else shall. */
export function useDevice() {
  const state = useSyncExternalStore(readers.watchDevice, readers.deviceState);
  const onlyHere = useSyncExternalStore(watchOnlyHere, isOnlyHere);
  return { state, onlyHere };
}
