import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import type { KeyboardEvent } from 'react';
import { ONE } from '../reading/alphabetChoice';
import type { Subject } from './subject';

interface Props {
  readonly anchor: HTMLElement;
  readonly subject: Subject;
  readonly onPick: (meant: string | null) => void;
  readonly onClose: () => void;
}

/** What was it? A button for each label; the key of a character picks it, too. */
export default function MeantPicker({ anchor, subject: { labels, shown, alphabet }, onPick, onClose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toUpperCase();
    if (labels.includes(key)) onPick(key);
    else if (event.key === 'Backspace' || event.key === 'Delete') onPick(null);
    else return;
    event.preventDefault();
  };
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { className: 'meant-picker', role: 'dialog', 'aria-labelledby': 'meant-title', onKeyDown } }}
    >
      <h2 id="meant-title">What was it?</h2>
      <div className={labels.length > 12 ? 'meant-labels many' : 'meant-labels'}>
        {labels.map((label) => (
          <Button
            key={label}
            variant="outlined"
            className={label === shown ? 'shown' : undefined}
            // It was opened to choose one of these.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={label === labels[0]}
            aria-label={label === shown ? `${label}, as it was read` : label}
            onClick={() => {
              onPick(label);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <Button
        variant="outlined"
        onClick={() => {
          onPick(null);
        }}
      >
        No {ONE[alphabet]}
      </Button>
    </Popover>
  );
}
