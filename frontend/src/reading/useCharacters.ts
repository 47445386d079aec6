import { useState } from 'react';
import { type Answer, type Character, textOfCharacters } from './reading';

interface State {
  readonly answer?: Answer;
  readonly chosen: number;
  readonly corrected: readonly Character[];
}

/** The characters of a number, one of which is looked at, and what a person makes of those in doubt. */
export function useCharacters(answer: Answer | undefined) {
  const [state, setState] = useState<State>();
  const { chosen, corrected } =
    state && state.answer === answer ? state : { chosen: 0, corrected: answer?.characters ?? [] };
  const isCorrected = answer?.characters !== undefined && corrected !== answer.characters;
  return {
    characters: corrected,
    chosen,
    character: corrected.at(chosen),
    /** The text with what was corrected; undefined where nothing was. */
    text: isCorrected ? textOfCharacters(corrected) : undefined,
    choose: (place: number) => {
      setState({ answer, chosen: place, corrected });
    },
    correct: (place: number, label: string) => {
      setState({ answer, chosen: place, corrected: corrected.with(place, { ...corrected[place], label }) });
    },
  };
}

export type Characters = ReturnType<typeof useCharacters>;
