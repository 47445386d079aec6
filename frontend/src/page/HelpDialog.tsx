import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { memo } from 'react';
import { ONE, useAlphabet } from '../reading/alphabetChoice';
import { MEANT_KEYS } from '../teaching/useMeantKeys';
import { SHORTCUTS } from './useShortcuts';

interface Props {
  readonly open: boolean;
  /** Whether corrections are kept here, once a person agrees. */
  readonly isTaught: boolean;
  readonly onClose: () => void;
}

const GRID_KEYS: readonly (readonly [string, string])[] = [
  ['Arrow keys', 'Move from cell to cell'],
  ['Space', 'Fill or empty the cell'],
  ['Shift + arrow', 'Draw while moving'],
  ['Home, End', 'First, last cell of the row'],
];

export default memo(function HelpDialog({ open, isTaught, onClose }: Props) {
  const { alphabet, hasLetters } = useAlphabet();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="help-title" maxWidth="sm" fullWidth>
      <DialogTitle id="help-title">How to draw here</DialogTitle>
      <DialogContent className="help" tabIndex={0}>
        <p>
          Write {alphabet === 'digits' ? 'a digit, or a number of several,' : `one ${ONE[alphabet]}`} with mouse, finger
          or pen, anywhere on the paper and at any size. It is read when you lift the pen. Drawings stay on this
          device{isTaught && ', unless you agree to teach with them'}; only 28 by 28 pixels go to the server. Where it
          doesn’t answer, this device reads by itself.
        </p>
        <p>
          Around each character of a number stands a box. Tap its tab, or move with the arrow keys from box to box,
          to see that character’s pixels, its probabilities, and why it is read so.
        </p>
        {hasLetters && (
          <p>
            “Digits” and “Letters” above choose what is read. A capital and a small letter have the same answer. Some
            letters are written like a digit: O like 0, l like 1, S like 5, Z like 2. Where the other reading is
            likelier, it is offered beside the answer.
          </p>
        )}
        <p>
          Pictures can be picked, photographed, pasted, or dropped anywhere on the page, several at once. They go
          to the server to be read, and are not kept there.
        </p>
        {isTaught && (
          <p>
            “Wrong?” beside an answer says what it was instead, and the model can learn from it. You are asked before
            anything is kept, and can delete it under “Your hand”.
          </p>
        )}
        <Keys title="Shortcuts" keys={SHORTCUTS} />
        {isTaught && <Keys title="To teach" keys={MEANT_KEYS} />}
        <Keys title="On the keyboard grid" keys={GRID_KEYS} />
        <p className="quiet">On a Mac, Cmd does what Ctrl does here.</p>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
});

function Keys({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <>
      <h3>{title}</h3>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
