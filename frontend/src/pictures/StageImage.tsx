import { type ReactNode, useState } from 'react';
import type { Stage } from '../api/types';
import { Icon } from '../ui/Icon';

const FRAMED = 'what the model sees';
const FIRST_INK = 'paper removed'; // from here on a stage holds ink, not light

/** The picture itself, or a stage of it. */
export interface Step {
  readonly caption: string;
  readonly alt: string;
  readonly image: string;
  readonly isInk: boolean;
  /** Whether it is the 28x28 image, whose pixels are to be seen. */
  readonly isFramed: boolean;
}

/** `picture` is missing where the browser can't show it. */
export function stepsOf(picture: string | undefined, alt: string, stages: readonly Stage[]): Step[] {
  const firstInk = stages.findIndex(({ name }) => name === FIRST_INK);
  const steps = stages.map(({ name, image }, i): Step => {
    const isFramed = name === FRAMED;
    return { caption: name, alt: `Stage: ${name}`, image, isFramed, isInk: isFramed || (firstInk >= 0 && i >= firstInk) };
  });
  return picture ? [{ caption: 'the picture', alt, image: picture, isInk: false, isFramed: false }, ...steps] : steps;
}

interface Props {
  readonly step: Step;
  readonly decorative?: boolean;
  /** What is marked on it. */
  readonly children?: ReactNode;
}

/** Ink comes bright on dark, as the model has it; here it is shown in the page's own ink. */
export function StageImage({ step, decorative = false, children }: Props) {
  const { alt, image, isInk, isFramed } = step;
  const [broken, setBroken] = useState<string>();
  const classes = ['stage', isInk && 'ink-stage', isFramed && 'framed'].filter(Boolean).join(' ');
  return (
    <span className="stage-sheet">
      {broken === image ? (
        <Icon name="picture" />
      ) : (
        <img
          className={classes}
          src={image}
          alt={decorative ? '' : alt}
          onError={() => {
            setBroken(image);
          }}
        />
      )}
      {broken !== image && children}
    </span>
  );
}
