import { useEffect, useState } from 'react';
import { deleteDrawing, getSharing, shareDrawing } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { Shared } from '../api/sharing';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { rounded } from '../ink/strokeData';
import { shortLinkTo } from './drawingLink';
import { addShared, dropShared, sharedDrawings } from './sharedDrawings';

/** Short links, where the server keeps drawings: one to be made for this drawing, and those of before to be deleted. */
export function useShortLinks(strokes: Strokes, alphabet: AlphabetName, onSaid: (words: string) => void) {
  const [days, setDays] = useState(0);
  const [own, setOwn] = useState(() => sharedDrawings());
  const [made, setMade] = useState<string>();

  useEffect(() => {
    const asking = new AbortController();
    getSharing(asking.signal).then(
      (state) => { if (state.sharing) setDays(state.days); },
      () => undefined, // none is offered
    );
    return () => { asking.abort(); };
  }, []);

  const failed = (error: unknown) => {
    onSaid((error instanceof ApiFailure && error.detail) || 'The server doesn’t answer.');
  };

  return {
    /** For how many the server keeps a drawing; 0 where it keeps none. */
    days,
    /** Those that this browser made and that haven't ended, newest first. */
    own: own.map((shared) => ({ ...shared, link: addressOf(shared.id) })),
    /** The link to this drawing, once it is made. */
    link: made === undefined ? undefined : addressOf(made),
    make: () => {
      shareDrawing({ alphabet, strokes: strokes.map(rounded) }).then((shared) => {
        setOwn(addShared(shared));
        setMade(shared.id);
        onSaid('The short link is made.');
      }, failed);
    },
    remove: (shared: Shared) => {
      deleteDrawing(shared)
        .catch((error: unknown) => {
          if (!(error instanceof ApiFailure && error.status === 404)) throw error; // it is gone already
        })
        .then(() => {
          setOwn(dropShared(shared.id));
          setMade((now) => (now === shared.id ? undefined : now));
          onSaid('It is deleted. Its link opens nothing any more.');
        }, failed);
    },
  };
}

function addressOf(id: string): string {
  return shortLinkTo(id, window.location.href);
}
