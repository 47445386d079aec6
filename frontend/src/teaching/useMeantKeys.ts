import { useEffect, useRef } from 'react';

export const MEANT_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Shift + character', 'It was this one'],
  ['Shift + Backspace', 'It was none'],
  ['Shift + Enter', 'It was read right'],
];

type Verb = { readonly meant: string | null } | 'right';

interface Verbs {
  readonly onMeant: (meant: string | null) => void;
  readonly onRight: () => void;
}

/** Says what it was by keys: Shift held while the character is typed. Without `labels` no key means anything. */
export function useMeantKeys(labels: readonly string[] | undefined, verbs: Verbs) {
  const latest = useRef(verbs);
  useEffect(() => {
    latest.current = verbs;
  });
  useEffect(() => {
    if (!labels) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const verb = event.defaultPrevented || isTakenBy(event.target) ? undefined : verbOf(event, labels);
      if (!verb) return;
      event.preventDefault();
      if (verb === 'right') latest.current.onRight();
      else latest.current.onMeant(verb.meant);
    };
    // Before the page's own shortcuts, which know nothing of Shift.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [labels]);
}

export function verbOf(event: KeyboardEvent, labels: readonly string[]): Verb | undefined {
  if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  if (event.key === 'Backspace') return { meant: null };
  if (event.key === 'Enter') return 'right';
  // With Shift held, what a key of the digits types differs from keyboard to keyboard.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const label = [digit, event.key.toUpperCase()].find((each) => each !== undefined && labels.includes(each));
  return label === undefined ? undefined : { meant: label };
}

function isTakenBy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('[role="dialog"], input:not([type="checkbox"], [type="range"], [type="file"]), textarea') !== null;
}
