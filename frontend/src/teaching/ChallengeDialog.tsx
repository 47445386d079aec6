import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { type KeyboardEvent, useState } from 'react';
import type { AlphabetName } from '../api/types';
import { Icon } from '../ui/Icon';
import './challenge.css';
import { ChallengeDrawing } from './ChallengeDrawing';
import { ChallengeResult } from './ChallengeResult';
import { useChallenge } from './useChallenge';
import type { TeachingState } from './useTeaching';

const NAMES: Readonly<Record<AlphabetName, string>> = { digits: 'Draw 0 to 9', letters: 'Draw A to Z' };

interface Props {
  readonly open: boolean;
  readonly alphabet: AlphabetName;
  readonly penWidth: number;
  readonly teaching: TeachingState;
  readonly onClose: () => void;
}

/** Draw what is asked for, one after the other, and see how it was read. Closed, it goes on where it was. */
export default function ChallengeDialog({ open, alphabet, penWidth, teaching, onClose }: Props) {
  const challenge = useChallenge(alphabet);
  const [byKeys, setByKeys] = useState(false);
  const [kept, setKept] = useState<readonly string[]>([]);
  const { isOver, place, isEmpty } = challenge;

  const onKeyDown = (event: KeyboardEvent) => {
    const isOnControl = event.target instanceof Element && event.target.closest('button, summary') !== null;
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.shiftKey;
    if (isOver) return;
    if (event.key === 'Enter' && !isOnControl) challenge.next();
    else if (event.key === 'Delete') challenge.clear();
    else if (isUndo) challenge.undo();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog open={open} onClose={onClose} className="challenge" aria-labelledby="challenge-title" maxWidth={false} onKeyDown={onKeyDown}>
      <header className="challenge-head">
        <h2 id="challenge-title">{NAMES[alphabet]}</h2>
        {!isOver && (place > 0 || !isEmpty) && (
          <Button size="small" onClick={challenge.stop}>
            Stop here
          </Button>
        )}
        <IconButton aria-label="Close" title="Close" onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </header>
      {isOver ? (
        <ChallengeResult
          alphabet={alphabet}
          attempts={challenge.attempts}
          teaching={teaching}
          kept={kept}
          onKept={setKept}
          onAgain={() => {
            setKept([]);
            challenge.restart();
          }}
        />
      ) : (
        <ChallengeDrawing challenge={challenge} penWidth={penWidth} byKeys={byKeys} onByKeys={setByKeys} />
      )}
    </Dialog>
  );
}
