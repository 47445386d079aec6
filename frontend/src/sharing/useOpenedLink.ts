import { useEffect, useRef, useState } from 'react';
import { getDrawing } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { drawingIn, sharedIn } from './drawingLink';

const BROKEN = 'This link holds no whole drawing. Was it cut off on its way?';
const GONE = 'The drawing of this link is there no more: it has ended, or was deleted.';
const UNSENT = 'While this device only reads, the drawing of this link isn’t fetched.';
const UNFETCHED = 'The server that keeps this drawing doesn’t answer. Open the link again later.';

/**
 * Opens the drawing of the link that the page is opened by, or that is followed on it, and has it replayed.
 * `trouble` is a sentence where that failed, else empty.
 */
export function useOpenedLink(open: (strokes: Strokes, alphabet?: AlphabetName) => void) {
  const [replayed, setReplayed] = useState<Strokes>();
  const [trouble, setTrouble] = useState('');
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });

  useEffect(() => {
    const show = (strokes: Strokes, alphabet?: AlphabetName) => {
      latest.current(strokes, alphabet);
      setReplayed(strokes);
    };
    const look = () => {
      const { hash, pathname, search } = window.location;
      const shared = sharedIn(hash);
      const drawing = shared === undefined ? drawingIn(hash) : undefined;
      if (drawing === 'none') return;
      // So that a reload shows what has become of the drawing since.
      history.replaceState(null, '', pathname + search);
      setTrouble(drawing === 'broken' ? BROKEN : '');
      if (shared !== undefined) {
        getDrawing(shared).then(
          ({ strokes, alphabet }) => { show(strokes, alphabet); },
          (error: unknown) => { setTrouble(troubleWith(error)); },
        );
      } else if (drawing !== undefined && drawing !== 'broken') show(drawing);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => { window.removeEventListener('hashchange', look); };
  }, []);

  return {
    replayed,
    trouble,
    dismiss: () => { setTrouble(''); },
    endReplay: () => { setReplayed(undefined); },
  };
}

function troubleWith(error: unknown): string {
  if (!(error instanceof ApiFailure)) return UNFETCHED;
  if (error.kind === 'kept here') return UNSENT;
  if (error.kind === 'malformed') return BROKEN;
  return error.status === 404 || error.status === 403 ? GONE : UNFETCHED;
}
