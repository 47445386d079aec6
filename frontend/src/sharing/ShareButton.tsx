import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { Icon } from '../ui/Icon';

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
        <Suspense>
          <ShareDialog
            strokes={strokes}
            makePicture={makePicture}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
