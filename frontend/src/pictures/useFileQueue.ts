import { useState, useSyncExternalStore } from 'react';
import { createFileQueue } from './fileQueue';

/** Several picture files, read one after another. */
export function useFileQueue() {
  const [queue] = useState(createFileQueue);
  const { files, isHeldUp } = useSyncExternalStore(queue.subscribe, queue.get);
  return { ...queue, files, isHeldUp };
}
