import { predictPicture } from '../api/client';
import type { Answer } from '../reading/reading';
import type { Question } from '../reading/useReading';
import { preparePicture } from './preparePicture';

/** A picture that is asked about. */
export interface AskedPicture {
  /** Names the picture on this page. */
  readonly id: string;
  readonly file: File;
  /** Its answer, where the server has given it already. */
  readonly recall?: () => Promise<Answer>;
}

/** Shows a picture on the paper, with the answer that it has got, or else asks for one. */
export type ShowPicture = (file: File, recall?: () => Promise<Answer>) => void;

/** What a picture shows, and by which stages it got there. */
export function pictureQuestion({ id, file, recall }: AskedPicture): Question {
  return {
    key: id,
    ask: async (signal, onSent) => {
      if (recall) return recall();
      onSent(0);
      const { upload } = await preparePicture(file);
      return predictPicture(upload, { stages: true, onSent, signal });
    },
  };
}
