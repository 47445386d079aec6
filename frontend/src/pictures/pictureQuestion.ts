import { predictPicture } from '../api/client';
import type { Question } from '../reading/useReading';
import { preparePicture } from './preparePicture';

/** Which digit a picture shows, and by which stages it got there; `id` names the picture on this page. */
export function pictureQuestion(picture: File, id: string): Question {
  return {
    key: id,
    ask: async (signal, onSent) => {
      onSent(0);
      const { upload } = await preparePicture(picture);
      return predictPicture(upload, { stages: true, onSent, signal });
    },
  };
}
