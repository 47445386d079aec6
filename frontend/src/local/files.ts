/** The models' files as they are served with the page: the ones that training wrote, none made from them. */

import type { AlphabetName } from '../api/types';
import digitFacts from '../../../models/digit_cnn.json?url';
import digitGraph from '../../../models/digit_cnn.tflite?url';
import letterFacts from '../../../models/letter_cnn.json?url';
import letterGraph from '../../../models/letter_cnn.tflite?url';

interface ModelFiles {
  readonly graph: string;
  readonly facts: string;
}

/** Their addresses, which change with what is in them. */
export const FILES: Readonly<Record<AlphabetName, ModelFiles>> = {
  digits: { graph: digitGraph, facts: digitFacts },
  letters: { graph: letterGraph, facts: letterFacts },
};
