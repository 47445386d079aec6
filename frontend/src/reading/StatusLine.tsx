import Button from '@mui/material/Button';
import { useAlphabet } from './alphabetChoice';
import type { Reading } from './reading';
import { wordsFor } from './readingWords';
import type { Server } from './useServer';

interface Props {
  readonly reading: Reading;
  readonly server: Server;
  readonly onRetry: () => void;
}

/** What the answer means, or why there is none, in words that are announced. */
export function StatusLine({ reading, server, onRetry }: Props) {
  const { alphabet } = useAlphabet();
  const { tone, title, confidence, detail, canRetry } = wordsFor(reading, server, alphabet);
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
