/** Handwriting: each digit as a person would write it, in a box of side 1. */

export type Place = readonly [x: number, y: number];
export type Drawing = readonly (readonly Place[])[];

function bow(x: number, y: number, rx: number, ry: number, from: number, to: number): Place[] {
  const steps = 12;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / steps);
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
}

export const DIGITS: readonly Drawing[] = [
  [bow(0.5, 0.5, 0.32, 0.48, -0.25, 0.78)],
  [[[0.52, 0.02], [0.51, 0.35], [0.5, 0.68], [0.49, 0.98]]],
  [[...bow(0.48, 0.27, 0.3, 0.26, -0.48, 0.1), [0.55, 0.62], [0.3, 0.84], [0.14, 0.97], [0.5, 0.96], [0.88, 0.96]]],
  [[...bow(0.45, 0.26, 0.28, 0.24, -0.4, 0.24), ...bow(0.45, 0.73, 0.34, 0.25, -0.24, 0.38)]],
  [[[0.3, 0.04], [0.2, 0.3], [0.12, 0.6], [0.5, 0.6], [0.88, 0.58]], [[0.68, 0.24], [0.66, 0.6], [0.63, 0.98]]],
  [[[0.8, 0.04], [0.3, 0.05], [0.24, 0.42], ...bow(0.46, 0.68, 0.34, 0.28, -0.36, 0.36)]],
  [[[0.66, 0.02], [0.4, 0.24], [0.22, 0.56], ...bow(0.5, 0.73, 0.3, 0.25, -0.46, 0.5)]],
  [[[0.12, 0.06], [0.5, 0.05], [0.86, 0.06], [0.66, 0.4], [0.48, 0.7], [0.38, 0.98]]],
  [[...bow(0.5, 0.26, 0.22, 0.24, -0.1, -0.72), ...bow(0.49, 0.74, 0.28, 0.25, -0.22, 0.7), [0.6, 0.44], [0.7, 0.2]]],
  [[...bow(0.48, 0.28, 0.28, 0.26, -0.04, -1), [0.76, 0.3], [0.72, 0.6], [0.64, 0.98]]],
]; // prettier-ignore

/** Where on the paper, and how large. */
export const PLACES = {
  'in the middle': { x: 0.25, y: 0.2, size: 0.55 },
  'off-centre': { x: 0.58, y: 0.55, size: 0.35 },
  small: { x: 0.12, y: 0.1, size: 0.12 },
  large: { x: 0.05, y: 0.03, size: 0.92 },
} as const;

export function placed(
  drawing: Drawing,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): Drawing {
  return drawing.map((stroke) => stroke.map(([px, py]) => [x + px * size, y + py * size] as const));
}

/** Digits in a row, each drawn as by hand. */
export function written(digits: string, { x = 0.06, y = 0.36, size = 0.26, step = 0.9 } = {}): Drawing {
  return Array.from(digits).flatMap((digit, i) => placed(DIGITS[Number(digit)], { x: x + i * step * size, y, size }));
}
