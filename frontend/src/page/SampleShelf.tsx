import ButtonBase from '@mui/material/ButtonBase';
import { memo } from 'react';
import type { Strokes } from '../ink/drawing';
import { SAMPLES } from '../ink/samples';
import { PictureShelf } from '../pictures/PictureShelf';
import { StrokePicture } from '../ui/StrokePicture';

interface Props {
  readonly onOpen: (strokes: Strokes) => void;
  readonly onPicture: (file: File) => void;
}

/** Drawings and pictures to try, for someone who has none yet. */
export const SampleShelf = memo(function SampleShelf({ onOpen, onPicture }: Props) {
  return (
    <section className="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Or try one of these</h2>
      <ul className="strip">
        {SAMPLES.map(({ name, strokes }) => (
          <li key={name}>
            <ButtonBase
              className="thumb"
              aria-label={`Try ${name}`}
              title={name}
              onClick={() => {
                onOpen(strokes);
              }}
            >
              <StrokePicture strokes={strokes} />
            </ButtonBase>
          </li>
        ))}
        <PictureShelf onPicture={onPicture} />
      </ul>
    </section>
  );
});
