import Button from '@mui/material/Button';
import type { AlphabetName } from '../api/types';
import { useAlphabet } from '../reading/alphabetChoice';
import { lessonsInWords, noteOnWaiting } from './teachingWords';
import type { TeachingState } from './useTeaching';

interface Props {
  readonly teaching: TeachingState;
  readonly onChallenge: (alphabet: AlphabetName) => void;
  readonly onKept: () => void;
  readonly onToken: () => void;
}

/** The person's own hand: how well it is read, and what the server keeps of it to learn from. */
export function HandPanel({ teaching, onChallenge, onKept, onToken }: Props) {
  const { hasLetters } = useAlphabet();
  return (
    <section className="panel hand" aria-labelledby="hand-title">
      <header>
        <h2 id="hand-title">Your hand</h2>
      </header>
      <div className="hand-parts">
      <div className="hand-part">
        <p className="quiet">How well is your own hand read? Draw what you are asked for, and see.</p>
        <div className="hand-actions">
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              onChallenge('digits');
            }}
          >
            Draw 0 to 9
          </Button>
          {hasLetters && (
            <Button
              size="small"
              variant="outlined"
              onClick={() => {
                onChallenge('letters');
              }}
            >
              Draw A to Z
            </Button>
          )}
        </div>
      </div>
      <Lessons teaching={teaching} onKept={onKept} onToken={onToken} />
      </div>
    </section>
  );
}

function Lessons({ teaching, onKept, onToken }: Omit<Props, 'onChallenge'>) {
  const { mode, token, consent, kept, outbox } = teaching;
  const { waiting, failure, isStored } = outbox;
  if (mode === 'off' && waiting.length === 0) return null;
  return (
    <div className="hand-part">
      <p className="quiet">{wordsFor(teaching)}</p>
      <p className="hand-trouble" role="status">
        {waiting.length > 0 && failure && `${lessonsInWords(waiting.length)} not sent yet. ${noteOnWaiting(failure).words}`}
        {!isStored && ' This browser has no room for them: they are lost once the page is closed.'}
      </p>
      <div className="hand-actions">
        {(kept > 0 || waiting.length > 0 || consent === 'yes') && (
          <Button size="small" variant="outlined" onClick={onKept}>
            See what is kept
          </Button>
        )}
        {consent === 'no' && mode !== 'off' && (
          <Button size="small" onClick={teaching.ask}>
            Teach it after all
          </Button>
        )}
        {mode === 'token' && (
          <Button size="small" onClick={onToken}>
            {token === undefined ? 'Enter the token' : 'Change the token'}
          </Button>
        )}
      </div>
    </div>
  );
}

function wordsFor({ mode, token, consent, kept }: TeachingState): string {
  if (mode === 'off') return 'This server learns from nobody at the moment.';
  if (mode === 'token' && token === undefined) return 'Whoever has the token of this server can teach it.';
  if (consent === 'no') return kept > 0 ? `Nothing more is kept; ${lessonsInWords(kept)} still are.` : 'Nothing that you draw here is kept.';
  if (kept > 0) return `The server keeps ${lessonsInWords(kept)} of yours, for the model to learn from.`;
  return 'Say beside an answer whether it was right, and the model can learn from it. You are asked before anything is kept.';
}
