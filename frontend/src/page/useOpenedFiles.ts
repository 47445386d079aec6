import { useEffect, useRef } from 'react';
import { takeShared, watchOpened } from '../installed/incoming';
import type { Strokes } from '../ink/drawing';
import { readDocument } from '../keeping/drawingFile';

/** What the system hands to the installed page: pictures to `take`, drawing files to `open`. */
export function useOpenedFiles(take: (files: readonly File[]) => void, open: (strokes: Strokes) => void, refuse: (words: string) => void) {
  const latest = useRef({ take, open, refuse });
  useEffect(() => {
    latest.current = { take, open, refuse };
  });
  useEffect(() => {
    void takeShared(window.location).then((files) => { latest.current.take(files); });
    watchOpened((file) => {
      file
        .text()
        .then((text) => { latest.current.open(readDocument(text)); })
        .catch((error: unknown) => {
          latest.current.refuse(error instanceof Error ? error.message : 'This file can’t be opened.');
        });
    });
  }, []);
}
