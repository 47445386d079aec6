import { useState, useSyncExternalStore } from 'react';
import { createHistoryStore } from './historyStore';

/** The last drawings with their answers, and what can be done with them. */
export function useHistory() {
  const [store] = useState(createHistoryStore);
  const { entries, isStored } = useSyncExternalStore(store.subscribe, store.get);
  return { ...store, entries, isStored };
}
