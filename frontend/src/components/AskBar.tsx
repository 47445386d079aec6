import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { type ChangeEvent, useRef } from 'react';
import type { Recognition } from '../hooks/useRecognition';
import { Icon } from './icons';

interface Props {
  readonly recognition: Recognition;
  readonly isEmpty: boolean;
}

/** When to ask, and the other way to ask: with a picture. */
export function AskBar({ recognition, isEmpty }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const onPick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.item(0);
    if (file) recognition.show(file);
    target.value = ''; // so that the same file can be picked again
  };
  return (
    <div className="ask-bar">
      <FormControlLabel
        label="As I draw"
        control={
          <Switch
            size="small"
            checked={recognition.asYouDraw}
            onChange={(_, checked) => {
              recognition.setAsYouDraw(checked);
            }}
          />
        }
      />
      <Button startIcon={<Icon name="picture" />} onClick={() => files.current?.click()}>
        Read a picture
      </Button>
      <input
        ref={files}
        className="hidden"
        type="file"
        accept="image/*"
        data-testid="file-input"
        aria-label="Picture of a digit"
        tabIndex={-1}
        onChange={onPick}
      />
      <Button variant="contained" disabled={isEmpty && !recognition.picture} onClick={recognition.predict}>
        Predict
      </Button>
    </div>
  );
}
