import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import { ApiFailure } from '../api/failures';
import { labelsOf } from '../api/answers';
import type { AlphabetName } from '../api/types';
import { ONE } from '../reading/alphabetChoice';
import { wordsForFailure } from '../reading/readingWords';
import { StrokePicture } from '../ui/StrokePicture';
import type { Attempt, Hard, Result } from './challenge';
import { Confusion } from './Confusion';
import { lessonsInWords, meantInWords, noteOnRefused, noteOnWaiting, ROOMLESS } from './teachingWords';
import { useChallengeResult } from './useChallengeResult';
import type { TeachingState } from './useTeaching';

interface Props {
  readonly alphabet: AlphabetName;
  readonly attempts: readonly Attempt[];
  readonly teaching: TeachingState;
  /** The lessons that were made of it, by id. */
  readonly kept: readonly string[];
  readonly onKept: (ids: readonly string[]) => void;
  readonly onAgain: () => void;
}

/** How one's own hand was read, and the offer to have the model learn from it. */
export function ChallengeResult({ alphabet, attempts, teaching, kept, onKept, onAgain }: Props) {
  const { result, model, error, isFetching, again, lessons } = useChallengeResult(alphabet, attempts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [result]);

  if (!result) {
    const failure = error && !isFetching ? (error instanceof ApiFailure ? error : new ApiFailure('malformed', '')) : undefined;
    const words = failure && wordsForFailure(failure, false);
    return (
      <div className="challenge-result" role="status">
        <h3>{words?.title ?? 'Reading…'}</h3>
        {words && (
          <>
            <p className="quiet">{failure.kind === 'offline' ? 'Your drawings are still here.' : words.detail}</p>
            <Button variant="outlined" onClick={again}>
              Try again
            </Button>
          </>
        )}
      </div>
    );
  }
  const { right, outcomes, hard } = result;
  return (
    <div className="challenge-result">
      <div className="challenge-score">
        <p className="challenge-share" aria-hidden="true">
          {Math.round(result.share * 100)}%
        </p>
        <div>
          <h3 ref={heading} tabIndex={-1} data-testid="challenge-score">
            {right} of {outcomes.length} read right
          </h3>
          <p className="quiet">{intervalInWords(result)}</p>
          {model !== undefined && <p className="quiet">Read by version {model}.</p>}
        </div>
      </div>
      <KeepOffer lessons={lessons} count={attempts.length} teaching={teaching} ids={kept} onKept={onKept} onAgain={onAgain} />
      <h3>Hard in your hand</h3>
      {hard.length === 0 ? (
        <p className="quiet">Nothing: all was read right, and surely.</p>
      ) : (
        <ul className="hard">
          {hard.map((each) => (
            <HardLabel key={each.label} hard={each} alphabet={alphabet} result={result} />
          ))}
        </ul>
      )}
      <h3>What was read as what</h3>
      <Confusion labels={labelsOf(alphabet)} confusion={result.confusion} kind={ONE[alphabet]} />
    </div>
  );
}

function HardLabel({ hard, alphabet, result }: { hard: Hard; alphabet: AlphabetName; result: Result }) {
  const { label, misread, probability } = hard;
  const shown = misread.length > 0 ? misread : result.outcomes.filter(({ asked }) => asked === label);
  const words =
    misread.length > 0
      ? `read as ${misread.map(({ read }) => meantInWords(read, alphabet)).join(' and ')}`
      : `read right, at ${String(Math.round(probability * 100))}%`;
  return (
    <li>
      <b>{label}</b>
      {shown.map(({ strokes }, i) => (
        <StrokePicture key={i} strokes={strokes} />
      ))}
      <span>{words}</span>
    </li>
  );
}

interface OfferProps extends Pick<Props, 'teaching' | 'onKept' | 'onAgain'> {
  readonly count: number;
  readonly lessons: ReturnType<typeof useChallengeResult>['lessons'];
  readonly ids: readonly string[];
}

/** The drawings as lessons, for those who may and want to teach. */
function KeepOffer({ count, lessons, teaching, ids, onKept, onAgain }: OfferProps) {
  const { isOpen, consent, outbox, isRoomless } = teaching;
  const isKept = ids.length > 0 && consent === 'yes' && !isRoomless;
  const waiting = outbox.waiting.filter(({ id }) => ids.includes(id)).length;
  const refused = ids.flatMap((id) => outbox.refused.get(id) ?? []).at(0);
  const keep = () => {
    const kept = lessons(teaching.collection);
    onKept(kept.map(({ id }) => id));
    teaching.teach(kept);
  };
  return (
    <div className="challenge-offer">
      <p role="status">
        {isKept && waiting === 0 && !refused && `${lessonsInWords(ids.length)} kept.`}
        {isKept && waiting > 0 && outbox.failure && noteOnWaiting(outbox.failure).words}
        {isKept && refused && noteOnRefused(refused).words}
        {ids.length > 0 && isRoomless && ROOMLESS.words}
      </p>
      <div className="hand-actions">
        {isOpen && !isKept && (
          <Button variant="contained" onClick={keep}>
            Keep {count === 1 ? 'it' : `the ${String(count)}`} as lessons
          </Button>
        )}
        {isKept && (
          <Button
            onClick={() => {
              teaching.takeBack(ids);
              onKept([]);
            }}
          >
            Undo
          </Button>
        )}
        <Button variant="outlined" onClick={onAgain}>
          Once more
        </Button>
      </div>
    </div>
  );
}

function intervalInWords({ interval: [low, high], outcomes }: Result): string {
  const percent = (share: number) => `${String(Math.round(share * 100))}%`;
  return `From ${String(outcomes.length)} drawings the true share is somewhere between ${percent(low)} and ${percent(high)}.`;
}
