import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { memo } from 'react';
import { type Character, guessOf, isDoubtful, secondOf } from './reading';
import { nameOf } from './readingWords';
import type { Characters } from './useCharacters';

/** The characters of a number, to choose the one that is looked at; what is in doubt can be changed. */
export const CharacterStrip = memo(function CharacterStrip({ characters }: { characters: Characters }) {
  const { character, chosen, choose, correct } = characters;
  const others = character && isDoubtful(character) ? otherLabels(character) : [];
  return (
    <div className="characters">
      <ToggleButtonGroup
        exclusive
        size="small"
        value={chosen}
        aria-label="Characters of the number"
        onChange={(_, place: number | null) => {
          if (place !== null) choose(place);
        }}
      >
        {characters.characters.map((each, place) => (
          <ToggleButton
            key={place}
            value={place}
            className={isDoubtful(each) ? 'doubtful' : undefined}
            aria-label={nameOf(each, place)}
            title={nameOf(each, place)}
            data-testid={`character-${String(place)}`}
          >
            {each.label ?? '–'}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {others.length > 0 && (
        <p className="character-doubt">
          In doubt.
          {others.map((label) => (
            <Button
              key={label}
              size="small"
              variant="outlined"
              onClick={() => {
                correct(chosen, label);
              }}
            >
              Make it {label}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
});

/** Of the two likeliest labels the one that it isn't now. */
function otherLabels({ prediction, label }: Character): string[] {
  return [guessOf(prediction), secondOf(prediction)].filter((other) => other !== label);
}
