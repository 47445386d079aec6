/** Samples: digits in several hands, drawn as strokes for this page. */

import type { Point, Stroke } from './strokes';

export interface Sample {
  readonly name: string;
  readonly character: string;
  readonly strokes: readonly Stroke[];
}

const STEPS = 24;

/** An arc of an ellipse; angles in turns, 0 to the right, growing clockwise on the page. */
export function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.max(4, Math.ceil(Math.abs(to - from) * STEPS));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / steps);
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
}

/** Straight lines between corners, with points along them as a pen would leave. */
export function line(...corners: Point[]): Point[] {
  return corners.flatMap((corner, i) => {
    if (i === 0) return [corner];
    const [from, steps] = [corners[i - 1], 8];
    return Array.from({ length: steps }, (_, k): Point => {
      const t = (k + 1) / steps;
      return [from[0] + (corner[0] - from[0]) * t, from[1] + (corner[1] - from[1]) * t];
    });
  });
}

export function sample(character: string, name: string, ...strokes: Stroke[]): Sample {
  return { character, name, strokes };
}

export const SAMPLES: readonly Sample[] = [
  sample('0', 'a round 0', arc(0.5, 0.5, 0.24, 0.34, -0.22, 0.8)),
  sample('1', 'a 1 with a flag', line([0.36, 0.3], [0.53, 0.16], [0.52, 0.86])),
  sample('2', 'a 2 with a flat foot', [
    ...arc(0.48, 0.34, 0.2, 0.19, -0.45, 0.08),
    ...line([0.6, 0.5], [0.28, 0.83], [0.74, 0.82]),
  ]),
  sample('3', 'a 3 with two bows', [
    ...arc(0.46, 0.32, 0.19, 0.16, -0.42, 0.22),
    ...arc(0.46, 0.66, 0.23, 0.19, -0.23, 0.4),
  ]),
  sample('4', 'an open 4', line([0.36, 0.16], [0.28, 0.56], [0.74, 0.54]), line([0.62, 0.3], [0.58, 0.88])),
  sample(
    '5',
    'a 5 with a late roof',
    [...line([0.36, 0.18], [0.33, 0.46]), ...arc(0.46, 0.64, 0.22, 0.21, -0.33, 0.38)],
    line([0.36, 0.18], [0.7, 0.16]),
  ),
  sample('6', 'a 6 with a long neck', [
    ...line([0.6, 0.13], [0.42, 0.32], [0.32, 0.56]),
    ...arc(0.49, 0.66, 0.18, 0.18, -0.46, 0.52),
  ]),
  sample('7', 'a crossed 7', line([0.26, 0.2], [0.73, 0.18], [0.43, 0.88]), line([0.37, 0.53], [0.68, 0.51])),
  sample('8', 'an 8 in one line', [
    ...arc(0.5, 0.32, 0.15, 0.16, -0.1, -0.72),
    ...arc(0.49, 0.67, 0.19, 0.19, -0.22, 0.72),
    ...line([0.55, 0.47], [0.63, 0.24]),
  ]),
  sample('9', 'a 9 with a straight back', [
    ...arc(0.48, 0.34, 0.18, 0.18, -0.05, -1.02),
    ...line([0.66, 0.33], [0.6, 0.88]),
  ]),
  sample('7', 'a plain 7, small', line([0.14, 0.12], [0.34, 0.12], [0.22, 0.42])),
  sample('2', 'a 2 with a loop, in a corner', [
    ...arc(0.72, 0.66, 0.09, 0.09, -0.5, 0.1),
    ...line([0.77, 0.74], [0.66, 0.87]),
    ...arc(0.67, 0.86, 0.03, 0.03, 0.4, 1.1),
    ...line([0.72, 0.88], [0.86, 0.89]),
  ]),
];

/** Written numbers, of the digits above. */
export const NUMBER_SAMPLES: readonly Sample[] = ['42', '1905'].map((text) => {
  const size = 1.2 / (text.length + 0.6);
  const strokes = Array.from(text).flatMap((digit, i) => {
    const [x, y] = [0.5 + (i - text.length / 2) * 0.7 * size, 0.5 - size / 2];
    const drawn = SAMPLES.find(({ character }) => character === digit)?.strokes ?? [];
    return drawn.map((stroke) => stroke.map(([px, py]): Point => [x + px * size, y + py * size]));
  });
  return { character: text, name: `the number ${text}`, strokes };
});
