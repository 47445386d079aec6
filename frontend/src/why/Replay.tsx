import Button from '@mui/material/Button';
import Slider from '@mui/material/Slider';
import { type CSSProperties, memo, useMemo, useState } from 'react';
import type { Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { drawingAt, pointCount, turningPoints } from '../ink/timeline';
import { ONE, useAlphabet } from '../reading/alphabetChoice';
import { type Read, textOf } from '../reading/reading';
import { kindOf, named, percent } from '../ui/format';
import { StrokePicture } from '../ui/StrokePicture';
import { type Moment, useTimeline } from './useTimeline';

/** How the answer formed, point by point; asked for only once someone wants to see it. */
export const Replay = memo(function Replay({ strokes }: { strokes: Strokes }) {
  const [open, setOpen] = useState(false);
  const { alphabet } = useAlphabet();
  const { moments, failed, again } = useTimeline(strokes, open);
  const isEmpty = strokes.length === 0;

  return (
    <section className="panel timeline" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">How the answer formed</h2>
        {!open && (
          <div className="panel-actions">
            <Button
              size="small"
              disabled={isEmpty}
              onClick={() => {
                setOpen(true);
              }}
            >
              Replay the drawing
            </Button>
          </div>
        )}
      </header>
      {(isEmpty || !open) && (
        <p className="quiet">Draw a {ONE[alphabet]}, then go back through it and see when it became one.</p>
      )}
      {open && !isEmpty && failed && (
        <p className="quiet">
          The server didn’t answer for this drawing. <Button size="small" onClick={again}>Try again</Button>
        </p>
      )}
      {open && !isEmpty && !failed && !moments && <p className="quiet timeline-wait">Reading every moment…</p>}
      {open && !isEmpty && moments && moments.length > 0 && (
        <Film key={pointCount(strokes)} strokes={strokes} moments={moments} />
      )}
    </section>
  );
});

interface FilmProps {
  readonly strokes: Strokes;
  readonly moments: readonly Moment[];
}

function Film({ strokes, moments }: FilmProps) {
  const [chosen, setChosen] = useState(moments.length - 1);
  const index = Math.min(chosen, moments.length - 1);
  const { points, read } = moments[index];
  const newest = newestOf(read);
  const turns = useMemo(() => turningPoints(moments.map((moment) => textOf(moment.read) || null)), [moments]);
  const became = turns.includes(index);

  return (
    <div className="replay">
      <div className="replay-now">
        <StrokePicture strokes={drawingAt(strokes, points)} />
        <p data-testid="timeline-moment">
          <strong>{momentWords(read, became)}</strong>
          <span>
            {points} of {pointCount(strokes)} points
            {textOf(read) !== '' && `, ${percent(read.confidence)} sure`}
          </span>
        </p>
      </div>
      <div className="film" aria-hidden="true">
        {newest.labels.map((label, place) => (
          <div key={label} className="film-row">
            <span className="film-name">{label}</span>
            {moments.map((moment, i) => (
              <span
                key={i}
                className={i === index ? 'film-cell now' : 'film-cell'}
                style={{ '--share': newestOf(moment.read).probabilities[place] } as CSSProperties}
              />
            ))}
          </div>
        ))}
      </div>
      <Slider
        className="scrubber"
        size="small"
        min={0}
        max={moments.length - 1}
        value={index}
        marks={turns.map((value) => ({ value, label: textOf(moments[value].read) }))}
        onChange={(_, value: number) => {
          setChosen(value);
        }}
        slotProps={{
          input: {
            'aria-label': 'Moment of the drawing',
            'aria-valuetext': `Point ${String(points)}: ${momentWords(read, became)}`,
          },
        }}
      />
    </div>
  );
}

/** The prediction of what was drawn last: a number has one a character. */
function newestOf(read: Read): Prediction {
  return read.characters?.at(-1)?.prediction ?? read;
}

function momentWords(read: Read, became: boolean): string {
  const text = textOf(read);
  if (text === '') return `Not a ${kindOf(read.labels)} yet`;
  const name = text.length > 1 ? text.split('\n').join(', ') : named(text);
  return became ? `It became ${name} here` : `Read as ${name}`;
}
