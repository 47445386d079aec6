import Button from '@mui/material/Button';
import type { AlphabetName, Prediction } from '../api/types';
import { named } from '../ui/format';
import { ALPHABET_WORDS, useAlphabet } from './alphabetChoice';

interface Props {
  /** The alphabet that isn't chosen, in which `prediction` was read. */
  readonly alphabet: AlphabetName;
  readonly prediction: Prediction;
}

/** Offers the other alphabet where its reading is the likelier one. */
export function OtherReading({ alphabet, prediction }: Props) {
  const { choose } = useAlphabet();
  const words = prediction.character === null ? '' : ` It looks like ${named(prediction.character)}.`;
  return (
    <Button
      size="small"
      variant="outlined"
      title={`Read ${alphabet} instead.${words}`}
      onClick={() => {
        choose(alphabet);
      }}
    >
      {ALPHABET_WORDS[alphabet]}?
    </Button>
  );
}
