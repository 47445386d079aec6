import ButtonBase from '@mui/material/ButtonBase';
import { memo, useEffect, useRef } from 'react';
import { fileOf, paintSample } from './paintSample';
import { SAMPLE_PICTURES, type SamplePicture } from './samplePictures';

const THUMBNAIL_SIDE = 120; // px

/** Pictures to try, for someone who has none at hand. */
export const PictureShelf = memo(function PictureShelf({ onPicture }: { onPicture: (file: File) => void }) {
  return SAMPLE_PICTURES.map((sample) => (
    <li key={sample.name}>
      <ButtonBase
        className="thumb"
        aria-label={`Try a picture of ${sample.name}`}
        title={sample.name}
        onClick={() => void fileOf(sample).then(onPicture)}
      >
        <Thumbnail sample={sample} />
      </ButtonBase>
    </li>
  ));
});

function Thumbnail({ sample }: { sample: SamplePicture }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    // One a task, as each takes a slow phone a while.
    const timer = setTimeout(() => {
      if (ref.current) paintSample(ref.current, sample);
    });
    return () => {
      clearTimeout(timer);
    };
  }, [sample]);
  return <canvas ref={ref} className="sample-picture" width={THUMBNAIL_SIDE} height={THUMBNAIL_SIDE} />;
}
