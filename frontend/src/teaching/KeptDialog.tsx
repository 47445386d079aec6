import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { ApiFailure } from '../api/failures';
import type { KeptLesson, Lesson } from '../api/teaching';
import { capital } from '../ui/format';
import { Icon } from '../ui/Icon';
import { PixelGrid } from '../ui/PixelGrid';
import { StrokePicture } from '../ui/StrokePicture';
import { CollectionField } from './CollectionField';
import './lessons.css';
import { lessonsInWords, meantInWords, wordsForTrouble } from './teachingWords';
import { useLessons } from './useLessons';
import type { TeachingState } from './useTeaching';

interface Props {
  readonly teaching: TeachingState;
  readonly onClose: () => void;
}

/** What is kept of this person: each drawing, what was read, what it was meant to be, and when. */
export default function KeptDialog({ teaching, onClose }: Props) {
  const { outbox, teacher, kept, limit, consent, mode } = teaching;
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useLessons(teacher);
  const [isSure, setSure] = useState(false);
  const waiting = outbox.waiting.toReversed();
  const isWaiting = ({ id }: Lesson) => waiting.some((lesson) => lesson.id === id);
  const lessons = outbox.deletions > 0 && data === undefined ? [] : (data?.pages.flat().filter((lesson) => !isWaiting(lesson)) ?? []);
  const isEmpty = lessons.length === 0 && waiting.length === 0;
  return (
    <Dialog open onClose={onClose} aria-labelledby="kept-title" maxWidth="md" fullWidth>
      <DialogTitle id="kept-title">What is kept of you</DialogTitle>
      <DialogContent className="kept" tabIndex={0}>
        <p className="quiet" role="status">
          {outbox.deletions > 0
            ? 'Deleting…'
            : `${lessonsInWords(kept)} on the server${limit === undefined ? '' : ` (at most ${limit.toLocaleString('en')})`}.`}
          {outbox.failure && (outbox.deletions > 0 || waiting.length > 0) && ` ${wordsForTrouble(outbox.failure)}`}
          {outbox.failure && outbox.deletions > 0 && ' It is done as soon as that has passed.'}
          {waiting.length > 0 && ` ${lessonsInWords(waiting.length)} not sent yet.`}
        </p>
        {error && (
          <p className="kept-trouble" role="alert">
            {wordsForTrouble(error instanceof ApiFailure ? error : new ApiFailure('broken', ''))}{' '}
            <Button size="small" onClick={() => void refetch()}>
              Ask again
            </Button>
          </p>
        )}
        {isEmpty && !isFetching && !error && <p>Nothing.</p>}
        <ul className="cards">
          {waiting.map((lesson) => (
            <LessonCard key={lesson.id} lesson={lesson} when="not sent yet" onRemove={teaching.takeBack} />
          ))}
          {lessons.map((lesson) => (
            <LessonCard key={lesson.id} lesson={lesson} when={timeOf(lesson)} onRemove={teaching.takeBack} />
          ))}
        </ul>
        {hasNextPage && (
          <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )}
        {mode !== 'off' && consent === 'yes' && <CollectionField teaching={teaching} />}
        {consent === 'yes' && (
          <p className="quiet">
            To keep nothing more from now on:{' '}
            <Button size="small" onClick={teaching.refuse}>
              Stop teaching
            </Button>
          </p>
        )}
      </DialogContent>
      <DialogActions className="kept-actions">
        {isSure ? (
          <>
            <span>Delete all of it, for good?</span>
            <Button
              onClick={() => {
                setSure(false);
              }}
            >
              No
            </Button>
            <Button
              color="secondary"
              variant="contained"
              onClick={() => {
                setSure(false);
                teaching.removeAll();
              }}
            >
              Yes, delete all
            </Button>
          </>
        ) : (
          <>
            <Button
              disabled={isEmpty}
              onClick={() => {
                setSure(true);
              }}
            >
              Delete all
            </Button>
            <Button onClick={onClose}>Close</Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}

interface CardProps {
  readonly lesson: Lesson;
  readonly when: string;
  readonly onRemove: (ids: readonly string[]) => void;
}

function LessonCard({ lesson, when, onRemove }: CardProps) {
  const { meant, read, alphabet, strokes, pixels } = lesson;
  const words = `Meant ${meantInWords(meant, alphabet)}, read as ${meantInWords(read, alphabet)}`;
  return (
    <li className="card lesson">
      {strokes ? <StrokePicture strokes={strokes} /> : <PixelGrid pixels={pixels} label="Its pixels" />}
      <p>
        <b>{meant ?? capital(meantInWords(null, alphabet))}</b>{' '}
        <span className="quiet">{read === null ? 'not read' : `read as ${read}`}</span>
      </p>
      <small>{when}</small>
      <IconButton
        size="small"
        className="card-remove"
        aria-label={`Delete: ${words}, ${when}`}
        onClick={() => {
          onRemove([lesson.id]);
        }}
      >
        <Icon name="close" />
      </IconButton>
    </li>
  );
}

function timeOf({ created }: KeptLesson): string {
  const time = new Date(created);
  if (Number.isNaN(time.getTime())) return created;
  const year = time.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return time.toLocaleString([], { year, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}
