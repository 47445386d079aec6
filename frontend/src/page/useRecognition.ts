import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { frameStrokes } from '../ink/strokes';
import { pictureQuestion, type ShowPicture } from '../pictures/pictureQuestion';
import type { Picture } from '../pictures/PictureView';
import { useAlphabet } from '../reading/alphabetChoice';
import { drawingQuestion, pixelsQuestion, type Question, useReading } from '../reading/useReading';
import { newId } from '../ui/newId';
import { oneOf, useStored } from '../ui/useStored';

/** What is asked about the drawing or the picture, when, and what came of it. */
export function useRecognition(strokes: Strokes) {
  const { alphabet } = useAlphabet();
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
    if (picture) return pictureQuestion(picture, alphabet);
    const asked = !isEmpty && (asYouDraw || submitted === strokes);
    if (!asked) return null;
    return alphabet === 'digits' ? drawingQuestion(strokes) : pixelsQuestion(pixels, alphabet);
  }, [picture, isEmpty, asYouDraw, submitted, strokes, pixels, alphabet]);

  const { reading, again } = useReading(question, isEmpty && !picture);

  return {
    pixels,
    reading,
    again,
    asYouDraw,
    setAsYouDraw,
    picture,
    predict: useCallback(() => {
      setSubmitted(strokes);
      if (question) again();
    }, [strokes, question, again]),
    show: useCallback<ShowPicture>((file, recall) => {
      setPicture({ id: newId(), file, recall, url: URL.createObjectURL(file) });
    }, []),
    dismiss: useCallback(() => {
      setPicture(null);
    }, []),
  };
}

export type Recognition = ReturnType<typeof useRecognition>;
