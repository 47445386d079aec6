import { useEffect, useRef } from 'react';
import { lookAgain } from './paintCells';

/** A canvas that is painted anew when `paint`, its size or the theme changes. */
export function usePainting(paint: (canvas: HTMLCanvasElement) => void) {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  // First once the page is laid out: to ask for its size earlier would have it laid out twice.
  const isSized = useRef(false);

  useEffect(() => {
    latest.current = paint;
    if (ref.current && isSized.current) paint(ref.current);
  }, [paint]);

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const repaint = () => {
      isSized.current = true;
      lookAgain(canvas);
      latest.current(canvas);
    };
    const sizes = new ResizeObserver(repaint);
    sizes.observe(canvas);
    const schemes = new MutationObserver(repaint);
    schemes.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
    return () => {
      isSized.current = false;
      sizes.disconnect();
      schemes.disconnect();
    };
  }, []);

  return ref;
}
