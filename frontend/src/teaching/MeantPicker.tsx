import Button from '@mui/material/Button';
import Popover, { type PopoverOrigin } from '@mui/material/Popover';
import type { KeyboardEvent } from 'react';
import { ONE } from '../reading/alphabetChoice';
import type { Subject } from './subject';

const HEIGHT = 260; // px, with what keeps it off the edges
const HEIGHT_OF_MANY = 410;

interface Props {
  /** The bar that it belongs to. */
  readonly bar: HTMLElement;
  readonly subject: Subject;
  readonly onPick: (meant: string | null) => void;
  readonly onClose: () => void;
}

/** What was it? A button for each label; the key of a character picks it, too. */
export default function MeantPicker({ bar, subject: { labels, shown, alphabet }, onPick, onClose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toUpperCase();
    if (labels.includes(key)) onPick(key);
    else if (event.key === 'Backspace' || event.key === 'Delete') onPick(null);
    else return;
    event.preventDefault();
  };
  const isMany = labels.length > 12;
  return (
    <Popover
      open
      anchorEl={bar}
      onClose={onClose}
      {...placeBeside(bar, isMany ? HEIGHT_OF_MANY : HEIGHT)}
      slotProps={{ paper: { className: 'meant-picker', role: 'dialog', 'aria-labelledby': 'meant-title', onKeyDown } }}
    >
      <h2 id="meant-title">What was it?</h2>
      <div className={isMany ? 'meant-labels many' : 'meant-labels'}>
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
        <Button
          variant="outlined"
          className="meant-none"
          onClick={() => {
            onPick(null);
          }}
        >
          No {ONE[alphabet]}
        </Button>
      </div>
    </Popover>
  );
}

/** Where it hides nothing of `bar`: below or above it, or on the left of it on a phone on its side. */
function placeBeside(bar: HTMLElement, height: number): { anchorOrigin: PopoverOrigin; transformOrigin: PopoverOrigin } {
  const { top, bottom } = bar.getBoundingClientRect();
  if (window.innerHeight - bottom > height) {
    return { anchorOrigin: { vertical: 'bottom', horizontal: 'right' }, transformOrigin: { vertical: 'top', horizontal: 'right' } };
  }
  if (top > height) {
    return { anchorOrigin: { vertical: 'top', horizontal: 'right' }, transformOrigin: { vertical: 'bottom', horizontal: 'right' } };
  }
  return { anchorOrigin: { vertical: 'center', horizontal: 'left' }, transformOrigin: { vertical: 'center', horizontal: 'right' } };
}
