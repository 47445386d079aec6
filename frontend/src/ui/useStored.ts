import { useEffect, useState } from 'react';
import { load, save } from './storage';

/** State that survives a reload; `read` checks what was stored. */
export function useStored<T>(key: string, initial: T, read: (value: unknown) => T | undefined) {
  const [value, setValue] = useState(() => load(key, read) ?? initial);
  useEffect(() => {
    save(key, value);
  }, [key, value]);
  return [value, setValue] as const;
}

/** For `useStored`: one of a few known values. */
export function oneOf<T>(...known: readonly T[]) {
  return (value: unknown) => known.find((item) => item === value);
}
