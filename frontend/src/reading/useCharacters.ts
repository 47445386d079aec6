import { useMemo, useState } from 'react';
import { type Answer, type Character, textOfCharacters } from './reading';

interface State {
  readonly answer?: Answer;
  readonly chosen: number;
  readonly corrected: readonly Character[];
}

const NONE: readonly Character[] = [];

/** The characters of a number, one of which is looked at, and what a person makes of those in doubt. */
export function useCharacters(answer: Answer | undefined) {
  const [state, setState] = useState<State>();
  const isOfAnswer = state !== undefined && state.answer === answer;
  const chosen = isOfAnswer ? state.chosen : 0;
  const corrected = isOfAnswer ? state.corrected : (answer?.characters ?? NONE);
  return useMemo(() => {
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
  }, [answer, chosen, corrected]);
}

export type Characters = ReturnType<typeof useCharacters>;
