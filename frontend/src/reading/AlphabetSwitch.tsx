import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { AlphabetName } from '../api/types';
import { ALPHABET_WORDS, useAlphabet } from './alphabetChoice';

/** Digits or letters: what is drawn is read again at once. */
export function AlphabetSwitch() {
  const { alphabet, choose, hasLetters } = useAlphabet();
  if (!hasLetters) return null;
  return (
    <ToggleButtonGroup
      className="alphabets"
      size="small"
      exclusive
      value={alphabet}
      aria-label="What is read"
      onChange={(_, chosen: AlphabetName | null) => {
        if (chosen) choose(chosen);
      }}
    >
      {(['digits', 'letters'] as const).map((name) => (
        <ToggleButton key={name} value={name} data-testid={`alphabet-${name}`}>
          {ALPHABET_WORDS[name]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
