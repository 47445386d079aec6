import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import ToggleButton from '@mui/material/ToggleButton';
import { useState } from 'react';
import { createLiveDrawing } from '../drawing/liveDrawing';
import { Paper } from '../drawing/Paper';
import { named } from '../ui/format';
import { Icon } from '../ui/Icon';
import type { useChallenge } from './useChallenge';

interface Props {
  readonly challenge: ReturnType<typeof useChallenge>;
  readonly penWidth: number;
  readonly byKeys: boolean;
  readonly onByKeys: (byKeys: boolean) => void;
}

/** The next drawing that is asked for, and the paper for it. */
export function ChallengeDrawing({ challenge, penWidth, byKeys, onByKeys }: Props) {
  const { asked = '', place, total, strokes, isEmpty } = challenge;
  const [live] = useState(createLiveDrawing);
  return (
    <div className="challenge-drawing">
      <div className="challenge-asked">
        <p role="status" data-testid="challenge-prompt">
          Draw {articleOf(asked)} <b>{asked}</b>
          <span className="hidden">. {`${String(place + 1)} of ${String(total)}`}</span>
        </p>
        <ol className="challenge-steps" aria-hidden="true">
          {Array.from({ length: total }, (_, i) => (
            <li key={i} className={i < place ? 'done' : i === place ? 'now' : undefined} />
          ))}
        </ol>
        <p className="quiet">
          {place === 0 ? 'Write as you always do. What was read is shown at the end.' : `${String(place + 1)} of ${String(total)}`}
        </p>
      </div>
      <div className="challenge-paper">
        <Paper
          drawing={{ strokes, isEmpty }}
          live={live}
          tool={byKeys ? 'grid' : 'pen'}
          penWidth={penWidth}
          hint={`Write ${named(asked)} here`}
          width={1}
          testId="challenge-canvas"
          onChange={challenge.draw}
        />
      </div>
      <div className="challenge-tools">
        <ToggleButton
          size="small"
          value="grid"
          selected={byKeys}
          aria-label="Keyboard grid"
          title="Keyboard grid"
          onChange={() => {
            onByKeys(!byKeys);
          }}
        >
          <Icon name="grid" />
        </ToggleButton>
        <IconButton aria-label="Undo" title="Undo (Ctrl+Z)" disabled={isEmpty} onClick={challenge.undo}>
          <Icon name="undo" />
        </IconButton>
        <IconButton aria-label="Clear" title="Clear (Delete)" disabled={isEmpty} onClick={challenge.clear}>
          <Icon name="clear" />
        </IconButton>
        <Button disabled={place === 0} onClick={challenge.back}>
          Back
        </Button>
        <Button variant="contained" disabled={isEmpty} onClick={challenge.next}>
          {place + 1 === total ? 'See the result' : 'Next'}
        </Button>
      </div>
    </div>
  );
}

function articleOf(asked: string): string {
  return named(asked).split(' ')[0];
}
