import Button from '@mui/material/Button';
import { lazy, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { Icon } from '../ui/Icon';
import { Late } from '../ui/Late';

const ShareDialog = lazy(() => import('./ShareDialog'));

interface Props {
  readonly strokes: Strokes;
  readonly makePicture: () => Promise<Blob>;
}

/** Opens what a drawing is shared by. */
export function ShareButton({ strokes, makePicture }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        disabled={strokes.length === 0}
        startIcon={<Icon name="share" />}
        onClick={() => {
          setOpen(true);
        }}
      >
        Share
      </Button>
      {isOpen && (
        <Late>
          <ShareDialog
            strokes={strokes}
            makePicture={makePicture}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Late>
      )}
    </>
  );
}
