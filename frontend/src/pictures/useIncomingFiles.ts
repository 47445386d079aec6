import { useEffect, useRef, useState } from 'react';

/**
 * Files that are dropped anywhere on the page or pasted into it. Returns whether files are being dragged
 * over the page.
 */
export function useIncomingFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });

  useEffect(() => {
    const take = (files: FileList) => {
      if (files.length > 0) latest.current(Array.from(files));
    };
    const onDrag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault(); // else the browser would open the file in place of the page
      setDragging(event.type !== 'drop');
      if (event.type === 'drop') take(event.dataTransfer.files);
    };
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      if (!relatedTarget) setDragging(false); // it left the page, not only an element of it
    };
    const onPaste = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData) take(clipboardData.files);
    };
    const drags = ['dragenter', 'dragover', 'drop'] as const;
    drags.forEach((type) => { window.addEventListener(type, onDrag); });
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('paste', onPaste);
    return () => {
      drags.forEach((type) => { window.removeEventListener(type, onDrag); });
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('paste', onPaste);
    };
  }, []);

  return dragging;
}
