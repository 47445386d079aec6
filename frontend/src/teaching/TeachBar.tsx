import Button from '@mui/material/Button';
import { lazy, useEffect, useState } from 'react';
import { ONE } from '../reading/alphabetChoice';
import type { Subject } from './subject';
import { keepingInWords, keptInWords, type Note, noteOnRefused, noteOnWaiting, ROOMLESS } from './teachingWords';
import { useMeantKeys } from './useMeantKeys';
import type { TeachingState } from './useTeaching';
import { Late } from '../ui/Late';

const loadPicker = () => import('./MeantPicker');
const MeantPicker = lazy(loadPicker);

interface Props {
  readonly teaching: TeachingState;
  /** What can be taught now, if anything. */
  readonly subject?: Subject;
  /** Whether it is one character of several. */
  readonly isPart: boolean;
  /** Told what is to be shown: what a person says that it was, or after undo what was read. */
  readonly onShown: (label: string | null) => void;
  readonly onToken: () => void;
  readonly onKept: () => void;
}

/** Beside the answer: it was right, or what it was instead, and that can be undone. */
export function TeachBar({ teaching, subject, isPart, onShown, onToken, onKept }: Props) {
  const [picking, setPicking] = useState<HTMLElement | null>(null); // the bar, while the picker is open
  const taught = subject && teaching.taughtOf(subject);
  const correct = (meant: string | null) => {
    setPicking(null);
    if (!subject) return;
    teaching.correct(subject, meant);
    onShown(meant);
  };
  const confirm = () => {
    if (subject) correct(subject.shown);
  };
  useMeantKeys(subject?.labels, { onMeant: correct, onRight: confirm });
  useEffect(() => {
    // While there is a server to load them from; one that fails is asked for again when it is wanted.
    void Promise.allSettled([loadPicker(), import('./ConsentDialog')]);
  }, []);

  const note = noteFor(teaching, subject);
  const help = {
    token: ['Enter the token', onToken],
    again: ['Send it now', teaching.sendAgain],
    kept: ['See what is kept', onKept],
  } as const;
  return (
    <div className="teach-bar" role="group" aria-label="Teach it">
      <p className={note?.tone === 'warning' ? 'teach-note warning' : 'teach-note'} role="status">
        {note?.words ?? (subject && questionFor(subject, isPart))}
      </p>
      <div className="teach-actions">
        {note?.help && (
          <Button size="small" onClick={help[note.help][1]}>
            {help[note.help][0]}
          </Button>
        )}
        {taught && (
          <Button
            size="small"
            onClick={() => {
              teaching.takeBack([taught.id]);
              onShown(subject.read);
            }}
          >
            Undo
          </Button>
        )}
        {subject && !taught && (
          <>
            <Button size="small" onClick={confirm}>
              Right
            </Button>
            <Button
              size="small"
              variant="outlined"
              aria-haspopup="dialog"
              onClick={({ currentTarget }) => {
                setPicking(currentTarget.closest<HTMLElement>('.teach-bar'));
              }}
            >
              Wrong?
            </Button>
          </>
        )}
      </div>
      {subject && picking && (
        <Late>
          <MeantPicker
            bar={picking}
            subject={subject}
            onPick={correct}
            onClose={() => {
              setPicking(null);
            }}
          />
        </Late>
      )}
    </div>
  );
}

/** What became of the lesson about `subject`; undefined where there is none yet. */
function noteFor({ taughtOf, outbox, isRoomless }: TeachingState, subject: Subject | undefined): Note | undefined {
  if (!subject) return undefined;
  const taught = taughtOf(subject);
  if (!taught) return isRoomless ? ROOMLESS : undefined;
  const refused = outbox.refused.get(taught.id);
  if (refused) return noteOnRefused(refused);
  const { meant } = taught;
  const isWaiting = outbox.waiting.some(({ id }) => id === taught.id);
  if (isWaiting && outbox.failure) return noteOnWaiting(outbox.failure);
  return { tone: 'calm', words: isWaiting ? keepingInWords(meant, subject.alphabet) : keptInWords(meant, subject.alphabet) };
}

function questionFor({ shown, alphabet }: Subject, isPart: boolean): string {
  if (!isPart) return 'Is that right?';
  return shown === null ? `Is that part no ${ONE[alphabet]}?` : `Is the ${shown} right?`;
}
