import { lazy, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { Late } from '../ui/Late';
import { SmallButton } from '../ui/SmallButton';

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
      <SmallButton
        label="Share"
        icon="share"
        disabled={strokes.length === 0}
        onClick={() => {
          setOpen(true);
        }}
      />
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
