import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { frameStrokes } from '../ink/strokes';
import { newId } from './newId';
import { type Question, useReading } from './useReading';
import { oneOf, useStored } from './useStored';

export interface Picture {
  readonly id: string;
  readonly file: File;
  readonly url: string;
}

/** What is asked about the drawing or the picture, when, and what came of it. */
export function useRecognition(strokes: Strokes) {
  const [asYouDraw, setAsYouDraw] = useStored('digits.asYouDraw', true, oneOf(true, false));
  const [submitted, setSubmitted] = useState<Strokes | null>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const pixels = useMemo(() => frameStrokes(strokes), [strokes]);
  const isEmpty = strokes.length === 0;

  useEffect(() => {
    if (!picture) return;
    return () => {
      URL.revokeObjectURL(picture.url);
    };
  }, [picture]);

  const question = useMemo((): Question | null => {
    if (picture) return { kind: 'picture', picture: picture.file, id: picture.id };
    const asked = !isEmpty && (asYouDraw || submitted === strokes);
    return asked ? { kind: 'pixels', pixels } : null;
  }, [picture, isEmpty, asYouDraw, submitted, strokes, pixels]);

  const { reading, again } = useReading(question, isEmpty && !picture);

  return {
    reading,
    again,
    asYouDraw,
    setAsYouDraw,
    picture,
    predict: () => {
      setSubmitted(strokes);
      if (question) again();
    },
    show: useCallback((file: File) => {
      setPicture({ id: newId(), file, url: URL.createObjectURL(file) });
    }, []),
    dismiss: useCallback(() => {
      setPicture(null);
    }, []),
  };
}

export type Recognition = ReturnType<typeof useRecognition>;
