/** Sample pictures: what a digit looks like on paper, for someone who has no photograph at hand. */

import { SAMPLES } from '../ink/samples';
import type { Stroke } from '../ink/strokes';

export interface SamplePicture {
  readonly name: string;
  readonly strokes: readonly Stroke[];
  /** CSS colours. */
  readonly paper: string;
  readonly pen: string;
  readonly rules?: { readonly kind: 'lines' | 'squares'; readonly colour: string };
  /** In units of the picture's side. */
  readonly penWidth: number;
  /** Turns, clockwise: nobody photographs quite straight. */
  readonly tilt: number;
  /** Whether a shadow falls across it. */
  readonly isShadowed?: boolean;
}

export const SAMPLE_PICTURES: readonly SamplePicture[] = [
  {
    name: 'a 5 in blue on ruled paper',
    strokes: strokesOf(5),
    paper: '#f3efe2',
    pen: '#27408b',
    rules: { kind: 'lines', colour: '#9db7d2' },
    penWidth: 0.024,
    tilt: 0.012,
  },
  {
    name: 'a 3 in pencil on squared paper, in half shadow',
    strokes: strokesOf(3),
    paper: '#e9e8e4',
    pen: '#5b5b60',
    rules: { kind: 'squares', colour: '#c3cfd0' },
    penWidth: 0.02,
    tilt: -0.018,
    isShadowed: true,
  },
  {
    name: 'a 2 in marker on a yellow note',
    strokes: strokesOf(2),
    paper: '#f2dc6b',
    pen: '#33302a',
    penWidth: 0.055,
    tilt: -0.02,
    isShadowed: true,
  },
  {
    name: 'a 4 in chalk on a board',
    strokes: strokesOf(4),
    paper: '#2b3a34',
    pen: '#e4e6df',
    penWidth: 0.045,
    tilt: 0.01,
  },
];

function strokesOf(digit: number): readonly Stroke[] {
  return SAMPLES.find((sample) => sample.character === String(digit))?.strokes ?? [];
}
