import type { CSSProperties } from 'react';
import { answerOf, guessOf, type Reading, textOf } from './reading';

interface Props {
  readonly reading: Reading;
  readonly guessing: boolean;
  /** What a person has made of it. */
  readonly corrected?: string;
}

/** What is read, large. Where that is exactly one digit, it stands in an element of its own. */
export function Numeral({ reading, guessing, corrected }: Props) {
  const answer = answerOf(reading);
  const text = corrected ?? (answer ? (guessing ? guessOf(answer) : textOf(answer)) : '');
  const isDigit = /^\d$/.test(text);
  const waiting = reading.state === 'waiting';
  const lines = text.split('\n');
  const longest = Math.max(...lines.map((line) => line.length));
  const kind = isDigit ? '' : text.length > 1 ? 'long-text' : 'letter';
  const fit = { '--columns': longest, '--lines': lines.length } as CSSProperties;
  return (
    <div className={['numeral', kind, waiting ? 'waiting' : ''].join(' ')} style={fit}>
      <output data-testid="predicted-text" aria-label="What is read" aria-busy={waiting} aria-live="off">
        <span data-testid="predicted-digit" aria-busy={waiting}>
          {isDigit && text}
        </span>
        {!isDigit && text}
      </output>
      {answer && textOf(answer) === '' && !guessing && (
        <span className="numeral-none" aria-hidden="true">
          ?
        </span>
      )}
    </div>
  );
}
