import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import { type ChangeEvent, memo, useRef } from 'react';
import { ONE, useAlphabet } from '../reading/alphabetChoice';
import { Icon } from '../ui/Icon';

// Not every system tells that these are pictures.
const ACCEPTED = 'image/*,.heic,.heif,.tif,.tiff';

interface Props {
  readonly asYouDraw: boolean;
  readonly onAsYouDraw: (asYouDraw: boolean) => void;
  readonly canPredict: boolean;
  readonly onPredict: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** When to ask, and the other ways to ask: with pictures, or with the camera of a phone. */
export const AskBar = memo(function AskBar({ asYouDraw, onAsYouDraw, canPredict, onPredict, onFiles }: Props) {
  const { alphabet } = useAlphabet();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const onPick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    onFiles(Array.from(target.files ?? []));
    target.value = ''; // so that the same file can be picked again
  };
  const picker = { className: 'hidden', type: 'file', accept: ACCEPTED, tabIndex: -1, onChange: onPick };
  return (
    <div className="ask-bar">
      <FormControlLabel
        label="As I draw"
        control={
          <Switch
            size="small"
            checked={asYouDraw}
            onChange={(_, checked) => {
              onAsYouDraw(checked);
            }}
          />
        }
      />
      <Button startIcon={<Icon name="picture" />} onClick={() => files.current?.click()}>
        <span className="long">Read pictures</span>
        <span className="short">Pictures</span>
      </Button>
      <IconButton
        className="camera"
        aria-label="Take a photo"
        title="Take a photo"
        onClick={() => camera.current?.click()}
      >
        <Icon name="camera" />
      </IconButton>
      <input ref={files} {...picker} multiple data-testid="file-input" aria-label={`Pictures of ${alphabet}`} />
      <input
        ref={camera}
        {...picker}
        capture="environment"
        data-testid="camera-input"
        aria-label={`Photo of a ${ONE[alphabet]}`}
      />
      <Button variant="contained" disabled={!canPredict} onClick={onPredict}>
        Predict
      </Button>
    </div>
  );
});
