import { useMemo, useState, useSyncExternalStore } from 'react';
import { createFileQueue, type FileQueue } from './fileQueue';

/** Several picture files, read one after another. What happens to them is followed by the hooks below. */
export function useFileQueue(): FileQueue {
  const [queue] = useState(createFileQueue);
  return queue;
}

export function useHasFiles(queue: FileQueue): boolean {
  return useSyncExternalStore(queue.follow, () => queue.summary().ids.length > 0);
}

export function useQueueSummary(queue: FileQueue) {
  return useSyncExternalStore(queue.follow, queue.summary);
}

/** One file; undefined once the queue is emptied. */
export function useQueuedFile(queue: FileQueue, id: string) {
  const follow = useMemo(() => queue.followFile(id), [queue, id]);
  return useSyncExternalStore(follow, () => queue.fileOf(id));
}
