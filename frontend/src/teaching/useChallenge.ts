import { useState } from 'react';
import { labelsOf } from '../api/answers';
import type { AlphabetName } from '../api/types';
import { type Drawing, newDrawing, change, undo, type Strokes } from '../ink/drawing';
import { newId } from '../ui/newId';
import { type Attempt, promptsOf } from './challenge';

const ROUNDS: Readonly<Record<AlphabetName, number>> = { digits: 2, letters: 1 };

interface State {
  readonly prompts: readonly string[];
  /** What was drawn, one for each of the first prompts. */
  readonly attempts: readonly Attempt[];
  readonly drawing: Drawing;
  /** Whether the person has ended it before all was drawn. */
  readonly isStopped: boolean;
}

/** The challenge as it goes: one drawing after the other, and back. */
export function useChallenge(alphabet: AlphabetName) {
  const [state, setState] = useState(() => begun(alphabet));
  const { prompts, attempts, drawing, isStopped } = state;
  const place = attempts.length;
  const asked = prompts.at(place);
  return {
    asked,
    /** How many drawings are done, of how many. */
    place,
    total: prompts.length,
    attempts,
    strokes: drawing.strokes,
    isEmpty: drawing.strokes.length === 0,
    isOver: isStopped || asked === undefined,
    draw: (strokes: Strokes) => {
      setState((now) => ({ ...now, drawing: change(now.drawing, strokes) }));
    },
    undo: () => {
      setState((now) => ({ ...now, drawing: undo(now.drawing) }));
    },
    clear: () => {
      setState((now) => ({ ...now, drawing: change(now.drawing, []) }));
    },
    /** Takes the drawing as it is, and asks for the next. */
    next: () => {
      setState(withDrawing);
    },
    /** Has the last drawing once more. */
    back: () => {
      setState((now) => {
        const last = now.attempts.at(-1);
        if (!last) return now;
        return { ...now, attempts: now.attempts.slice(0, -1), drawing: newDrawing(newId(), last.strokes) };
      });
    },
    /** Ends it with what is drawn. */
    stop: () => {
      setState((now) => ({ ...withDrawing(now), isStopped: true }));
    },
    restart: () => {
      setState(begun(alphabet));
    },
  };
}

function begun(alphabet: AlphabetName): State {
  return { prompts: promptsOf(labelsOf(alphabet), ROUNDS[alphabet]), attempts: [], drawing: blank(), isStopped: false };
}

function blank(): Drawing {
  return newDrawing(newId());
}

function withDrawing(now: State): State {
  const asked = now.prompts.at(now.attempts.length);
  const { strokes } = now.drawing;
  if (asked === undefined || strokes.length === 0) return now;
  return { ...now, attempts: [...now.attempts, { asked, strokes }], drawing: blank() };
}
