import ButtonBase from '@mui/material/ButtonBase';
import { memo } from 'react';
import type { Strokes } from '../ink/drawing';
import { SAMPLES } from '../ink/samples';
import { StrokePicture } from './StrokePicture';

/** Drawings to try, for someone who has none yet. */
export const Samples = memo(function Samples({ onOpen }: { onOpen: (strokes: Strokes) => void }) {
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
      </ul>
    </section>
  );
});
