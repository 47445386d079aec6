import Button from '@mui/material/Button';
import type { AlphabetName } from '../api/types';
import { named } from '../ui/format';
import { ALPHABET_WORDS, useAlphabet } from './alphabetChoice';
import type { Other } from './useOtherReading';

interface Props {
  /** The alphabet that isn't chosen, in which `other` was read. */
  readonly alphabet: AlphabetName;
  readonly other: Other;
  /** What is read in the one that is. */
  readonly character: string | null;
}

/** Offers the other alphabet where its reading is the likelier one, and in a low voice where it is as likely. */
export function OtherReading({ alphabet, other: { prediction, isLikelier }, character }: Props) {
  const { choose } = useAlphabet();
  const words = prediction.character === null ? '' : named(prediction.character);
  return (
    <Button
      size="small"
      variant={isLikelier ? 'outlined' : 'text'}
      className={isLikelier ? undefined : 'twin'}
      title={isLikelier ? `Read ${alphabet} instead. It looks like ${words}.` : `Written like ${words}. Read ${alphabet} instead.`}
      onClick={() => {
        choose(alphabet);
      }}
    >
      {isLikelier ? `${ALPHABET_WORDS[alphabet]}?` : `${character ?? ''} or ${prediction.character ?? ''}?`}
    </Button>
  );
}
