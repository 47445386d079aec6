import ButtonBase from '@mui/material/ButtonBase';
import { memo } from 'react';
import type { Strokes } from '../ink/drawing';
import { LETTER_SAMPLES } from '../ink/letterSamples';
import { NUMBER_SAMPLES, SAMPLES } from '../ink/samples';
import { PictureShelf } from '../pictures/PictureShelf';
import { useAlphabet } from '../reading/alphabetChoice';
import { StrokePicture } from '../ui/StrokePicture';

const SAMPLES_OF = { digits: [...SAMPLES, ...NUMBER_SAMPLES], letters: LETTER_SAMPLES };

interface Props {
  readonly onOpen: (strokes: Strokes) => void;
  readonly onPicture: (file: File) => void;
}

/** Drawings and pictures to try, for someone who has none yet. */
export const SampleShelf = memo(function SampleShelf({ onOpen, onPicture }: Props) {
  const { alphabet } = useAlphabet();
  return (
    <section className="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Or try one of these</h2>
      <ul className="strip">
        {SAMPLES_OF[alphabet].map(({ name, strokes }) => (
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
        {alphabet === 'digits' && <PictureShelf onPicture={onPicture} />}
      </ul>
    </section>
  );
});
