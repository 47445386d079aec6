import { useEffect, useRef } from 'react';

export interface Verbs {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly clear: () => void;
  readonly predict: () => void;
}

export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl Z', 'Undo'],
  ['Shift Ctrl Z  or  Ctrl Y', 'Redo'],
  ['Delete', 'Clear the paper'],
  ['Enter', 'Predict'],
];

/** The page's keyboard shortcuts; keys that a control needs for itself stay with the control. */
export function useShortcuts(verbs: Verbs) {
  const latest = useRef(verbs);
  useEffect(() => {
    latest.current = verbs;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const verb = verbOf(event);
      if (!verb || event.defaultPrevented || isTakenBy(event.target, verb)) return;
      event.preventDefault();
      latest.current[verb]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

export function verbOf(event: KeyboardEvent): keyof Verbs | undefined {
  const key = event.key.toLowerCase();
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    return key === 'y' ? 'redo' : undefined;
  }
  if (key === 'delete') return 'clear';
  return key === 'enter' ? 'predict' : undefined;
}

function isTakenBy(target: EventTarget | null, verb: keyof Verbs): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"]')) return true;
  if (target.closest('input:not([type="checkbox"], [type="range"], [type="file"]), textarea')) return true;
  return verb === 'predict' && target.closest('button, a, summary, label') !== null;
}
