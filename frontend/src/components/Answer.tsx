import Button from '@mui/material/Button';
import { useState } from 'react';
import { type Answer as AnswerData, answerOf, guessOf, type Reading } from '../hooks/reading';
import type { Server } from '../hooks/useServer';
import { wordsFor } from './words';

interface Props {
  readonly reading: Reading;
  readonly server: Server;
  readonly onRetry: () => void;
}

/** The large digit. */
export function Numeral({ reading, guessing }: { reading: Reading; guessing: boolean }) {
  const answer = answerOf(reading);
  const digit = answer && (guessing ? guessOf(answer) : answer.digit);
  const waiting = reading.state === 'waiting';
  return (
    <div className={waiting ? 'numeral waiting' : 'numeral'}>
      <output data-testid="predicted-digit" aria-label="Digit read" aria-busy={waiting} aria-live="off">
        {digit ?? ''}
      </output>
      {answer?.digit === null && !guessing && (
        <span className="numeral-none" aria-hidden="true">
          ?
        </span>
      )}
    </div>
  );
}

/** What the answer means, or why there is none, in words that are announced. */
export function StatusLine({ reading, server, onRetry }: Props) {
  const { tone, title, confidence, detail, canRetry } = wordsFor(reading, server);
  return (
    <div className={`status ${tone}`}>
      <div data-testid="status" role="status">
        <p className="status-title">{title}</p>
        <p className="status-detail">
          <span data-testid="confidence">{confidence}</span> {detail}
        </p>
      </div>
      {canRetry && (
        <Button size="small" variant="outlined" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Whether to show the guess behind a refusal; each new answer starts without. */
export function useGuessing(answer: AnswerData | undefined) {
  const [guessed, setGuessed] = useState<AnswerData>();
  const guessing = answer !== undefined && guessed === answer;
  return {
    guessing,
    toggle: () => {
      setGuessed(guessing ? undefined : answer);
    },
  };
}
