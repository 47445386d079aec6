import { useEffect, useRef, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { drawingIn } from './drawingLink';

/** Opens the drawing of the link that the page is opened by, or that is followed on it, and has it replayed. */
export function useOpenedLink(open: (strokes: Strokes) => void) {
  const [replayed, setReplayed] = useState<Strokes>();
  const [isBroken, setBroken] = useState(false);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });

  useEffect(() => {
    const look = () => {
      const drawing = drawingIn(window.location.hash);
      if (drawing === 'none') return;
      // So that a reload shows what has become of the drawing since.
      history.replaceState(null, '', window.location.pathname + window.location.search);
      setBroken(drawing === 'broken');
      if (drawing === 'broken') return;
      latest.current(drawing);
      setReplayed(drawing);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => { window.removeEventListener('hashchange', look); };
  }, []);

  return {
    replayed,
    isBroken,
    dismiss: () => { setBroken(false); },
    endReplay: () => { setReplayed(undefined); },
  };
}
