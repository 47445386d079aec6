import { answerOf, guessOf, type Reading } from './reading';

/** What is read, large. Where that is exactly one digit, it stands in an element of its own. */
export function Numeral({ reading, guessing }: { reading: Reading; guessing: boolean }) {
  const answer = answerOf(reading);
  const text = (answer && (guessing ? guessOf(answer) : answer.character)) ?? '';
  const isDigit = /^\d$/.test(text);
  const waiting = reading.state === 'waiting';
  return (
    <div className={['numeral', isDigit ? '' : 'letter', waiting ? 'waiting' : ''].join(' ')}>
      <output data-testid="predicted-text" aria-label="What is read" aria-busy={waiting} aria-live="off">
        <span data-testid="predicted-digit" aria-busy={waiting}>
          {isDigit && text}
        </span>
        {!isDigit && text}
      </output>
      {answer?.character === null && !guessing && (
        <span className="numeral-none" aria-hidden="true">
          ?
        </span>
      )}
    </div>
  );
}
