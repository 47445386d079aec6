/** The setting "read on this device only": while it is on, nothing is sent to any server. */

const KEY = 'digits.onlyHere';

const listeners = new Set<() => void>();
let isOn = stored();

export function isOnlyHere(): boolean {
  return isOn;
}

export function setOnlyHere(on: boolean): void {
  isOn = on;
  try {
    localStorage.setItem(KEY, JSON.stringify(on));
  } catch {
    // kept as long as the page is open
  }
  listeners.forEach((listener) => { listener(); });
}

export function watchOnlyHere(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return false;
  }
}
