/** The service worker that keeps the page, and its updates: found, and taken when the person agrees. */

export type Update =
  | 'none'
  | 'waiting' // a newer page is there, and waits
  | 'taken elsewhere'; // another window took it, so this one lacks what it hasn't loaded yet

const LOOK_EVERY = 60 * 60_000; // ms

const listeners = new Set<() => void>();
let update: Update = 'none';
let waiting: ServiceWorker | undefined;
let isTaking = false;

export function currentUpdate(): Update {
  return update;
}

export function watchUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads the newer page; the drawing is kept, as through every reload. */
export function takeUpdate(): void {
  isTaking = true;
  if (waiting && update === 'waiting') waiting.postMessage({ type: 'SKIP_WAITING' });
  else window.location.reload();
}

/**
 * Keeps the page for later, from `settling` ms on. Where the browser can't, or mustn't, the page works as it did.
 * Another window may take a newer version before.
 */
export async function register(container: ServiceWorkerContainer, address: string, settling: number): Promise<void> {
  const wasControlled = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (isTaking) window.location.reload();
    else if (wasControlled) become('taken elsewhere');
  });
  await new Promise((resolve) => { setTimeout(resolve, settling); });
  const registration = await container.register(address).catch(() => undefined);
  if (!registration) return;
  const look = () => {
    // Without one that runs there is nothing to be newer than.
    if (registration.waiting && registration.active) {
      waiting = registration.waiting;
      become('waiting');
    }
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  setInterval(() => {
    registration.update().catch(() => undefined); // without a network there is none
  }, LOOK_EVERY);
}

function become(next: Update): void {
  update = next;
  listeners.forEach((listener) => { listener(); });
}
