import { memo, useMemo } from 'react';
import type { Strokes } from '../ink/drawing';
import { plainResize } from '../ink/plainResize';
import { frameStrokes } from '../ink/strokes';
import { useAlphabet } from '../reading/alphabetChoice';
import { PixelGrid } from '../ui/PixelGrid';

interface Props {
  readonly strokes: Strokes;
  readonly penWidth: number;
}

/** Why framing matters: the same drawing with and without it. */
export const WhyFraming = memo(function WhyFraming({ strokes, penWidth }: Props) {
  const { alphabet } = useAlphabet();
  const pixels = useMemo(() => frameStrokes(strokes), [strokes]);
  const raw = useMemo(() => plainResize(strokes, penWidth), [strokes, penWidth]);
  return (
    <section className="panel framing" aria-labelledby="framing-title">
      <header>
        <h2 id="framing-title">Why it is framed first</h2>
      </header>
      <div className="framing-pair">
        <figure>
          <PixelGrid pixels={raw} label="Your drawing, resized plainly to 28 by 28 pixels" />
          <figcaption>
            <strong>Raw</strong> A plain resize keeps your place and size.
          </figcaption>
        </figure>
        <figure>
          <PixelGrid pixels={pixels} label="Your drawing, framed to 28 by 28 pixels" />
          <figcaption>
            <strong>Framed</strong> Drawn again 20 pixels tall or wide, centred by its ink.
          </figcaption>
        </figure>
      </div>
      <p className="quiet">
        The model learnt from {alphabet} that all have the same size and place. Framing gives it yours the same
        way, so a small {alphabet === 'digits' ? '7' : 'K'} in a corner reads like a large one in the middle.
      </p>
    </section>
  );
});
