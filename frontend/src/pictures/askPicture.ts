/** What a picture shows: a digit, a number or a letter, asked for at once. */

import { predictPicture, readPicture, type Upload } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { PictureText } from '../api/types';
import type { Read } from '../reading/reading';
import { isNumber, numberOn } from './pictureNumber';
import type { PreparedPicture } from './preparePicture';

/**
 * Digits are asked for as one and as a number side by side, so that the answer takes as long as the slower of
 * both. With the stages, so that whoever looks at them later need not send the picture again.
 */
export async function askPicture({ upload, size }: PreparedPicture, asked: Upload): Promise<Read> {
  const { alphabet = 'digits', onSent, signal } = asked;
  if (alphabet !== 'digits') return predictPicture(upload, { ...asked, stages: true });
  const sent = [0, 0];
  const share = (place: number) => (part: number) => {
    sent[place] = part;
    onSent?.((sent[0] + sent[1]) / 2);
  };
  const [prediction, text] = await Promise.all([
    predictPicture(upload, { onSent: share(0), signal, stages: true }),
    readPicture(upload, { onSent: share(1), signal }).catch(noneUnlessAskedAgain),
  ]);
  return text && isNumber(prediction, text, size) ? numberOn(prediction, text, size) : prediction;
}

/** A digit is still read where looking for numbers fails, unless asking again may do. */
function noneUnlessAskedAgain(error: unknown): PictureText | undefined {
  const isPassing = error instanceof ApiFailure && ['offline', 'starting', 'busy'].includes(error.kind);
  if (isPassing || !(error instanceof ApiFailure)) throw error;
  return undefined;
}
