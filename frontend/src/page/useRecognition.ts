import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import type { Pixels } from '../ink/framing';
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
    return asked ? questionOf(strokes, pixels, alphabet) : null;
  }, [picture, isEmpty, asYouDraw, submitted, strokes, pixels, alphabet]);

  const { reading, again, askAhead } = useReading(question, isEmpty && !picture);

  return {
    pixels,
    reading,
    again,
    asYouDraw,
    setAsYouDraw,
    picture,
    /** Asks about what the drawing is about to become, where it will be asked about at once. */
    foresee: useCallback(
      (next: Strokes) => {
        if (picture || !asYouDraw || next.length === 0) return;
        askAhead(questionOf(next, frameStrokes(next), alphabet));
      },
      [picture, asYouDraw, alphabet, askAhead],
    ),
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

function questionOf(strokes: Strokes, pixels: Pixels, alphabet: AlphabetName): Question {
  return alphabet === 'digits' ? drawingQuestion(strokes) : pixelsQuestion(pixels, alphabet);
}
