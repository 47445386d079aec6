import type { AlphabetName } from '../api/types';
import { alphabetOf } from '../reading/alphabetChoice';
import type { Answer } from '../reading/reading';
import type { Question } from '../reading/useReading';
import { askPicture } from './askPicture';
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
export function pictureQuestion({ id, file, recall }: AskedPicture, alphabet: AlphabetName = 'digits'): Question {
  return {
    key: alphabet + id,
    ask: async (signal, onSent) => {
      const recalled = await recall?.();
      if (recalled && (alphabetOf(recalled.labels) ?? alphabet) === alphabet) return recalled;
      onSent(0);
      return askPicture(await preparePicture(file), { alphabet, onSent, signal });
    },
  };
}
