import { answerOf, guessOf, type Reading } from './reading';

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
