import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Stage } from '../api/types';
import type { AskedPicture } from './pictureQuestion';
import { StageImage, stepsOf } from './StageImage';

/** A picture on the paper. */
export interface Picture extends AskedPicture {
  readonly url: string;
}

interface Props {
  readonly picture: Picture;
  /** Empty until they are known. */
  readonly stages: readonly Stage[];
  /** The share that has been sent, where sending takes long. */
  readonly sent?: number;
  readonly onDismiss: () => void;
  /** What is marked on the picture. */
  readonly children?: ReactNode;
}

/** A picture on the paper, with the steps from it to what the model sees; any of them can be enlarged. */
export function PictureView({ picture, stages, sent, onDismiss, children }: Props) {
  const [chosen, setChosen] = useState(0);
  const steps = stepsOf(picture.url, `File ${picture.file.name}`, stages);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' }); // it may have been dropped far from the paper
  }, []);
  const index = Math.min(chosen, steps.length - 1);
  return (
    <div ref={view} className="paper-picture">
      <figure>
        <StageImage step={steps[index]}>{index === 0 && children}</StageImage>
        <figcaption>{index === 0 ? picture.file.name : steps[index].caption}</figcaption>
      </figure>
      {sent !== undefined && <progress value={sent} aria-label="Picture sent" />}
      <div className="picture-steps">
        {stages.length > 0 && (
          <ul aria-label="From the picture to what the model sees">
            {steps.map((step, i) => (
              <li key={step.caption}>
                <ButtonBase
                  className="thumb"
                  aria-label={`Show ${step.caption}`}
                  aria-pressed={i === index}
                  title={step.caption}
                  onClick={() => {
                    setChosen(i);
                  }}
                >
                  <StageImage step={step} decorative />
                </ButtonBase>
              </li>
            ))}
          </ul>
        )}
        <Button variant="outlined" size="small" aria-label="Back to the drawing" onClick={onDismiss}>
          <span className="long">Back to the drawing</span>
          <span className="short">Back</span>
        </Button>
      </div>
    </div>
  );
}
