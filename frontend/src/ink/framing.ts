/**
 * Framing: any ink bitmap becomes the 28x28 image that the model was trained on.
 *
 * Twin of `model_training/framing.py`, which explains the recipe; both read
 * `model_training/tests/golden_cases.json`.
 */

export const SIDE = 28; // px, the framed image
export const BOX = 20; // px, the longer side of the ink inside it
export const FULL_INK = 255;

const SPECK = 3; // px, ink this small has no shape to enlarge

// The centre of mass lies in [CENTRE - 0.5, CENTRE + 0.5), counted in indices of pixel centres.
const CENTRE = 14;

/** An ink bitmap, row-major, 0 for paper to 255 for full ink. */
export interface Ink {
  readonly height: number;
  readonly width: number;
  readonly levels: ArrayLike<number>;
}

/** A framed image: 784 levels, row-major. */
export type Pixels = Uint8Array;

/**
 * The framed image of `ink`: cropped, size-normalised and centred by mass. Idempotent. Empty ink
 * gives an empty image; a speck is centred but not enlarged.
 */
export function frame(ink: Ink): Pixels {
  const cropped = cropToInk(asLevels(ink));
  if (cropped.levels.length === 0) return emptyPixels();
  return placeByMass(sizeNormalise(cropped));
}

export function emptyPixels(): Pixels {
  return new Uint8Array(SIDE * SIDE);
}

export function isEmpty(pixels: ArrayLike<number>): boolean {
  return !Array.from(pixels).some((level) => level > 0);
}

/** The part of `ink` inside its bounding box; 0x0 where there is no ink. */
export function cropToInk({ height, width, levels }: Ink): Ink {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (levels[row * width + column] === 0) continue;
      top = Math.min(top, row);
      bottom = row;
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
  }
  if (bottom < 0) return { height: 0, width: 0, levels: new Uint8Array(0) };
  const size = { height: bottom - top + 1, width: right - left + 1 };
  return {
    ...size,
    levels: fill(size, (row, column) => levels[(top + row) * width + left + column]),
  };
}

/** Resize separably; a pixel that any ink fell into keeps at least level 1, so ink never vanishes. */
export function resample(ink: Ink, height: number, width: number): Ink {
  const rows = axisWeights(ink.height, height);
  const columns = axisWeights(ink.width, width);
  const across = new Float64Array(ink.height * width); // (h, width)
  for (let row = 0; row < ink.height; row++) {
    columns.forEach((weights, column) => {
      across[row * width + column] = weightedSum(weights, (i) => ink.levels[row * ink.width + i]);
    });
  }
  const levels = fill({ height, width }, (row, column) => {
    const level = weightedSum(rows[row], (i) => across[i * width + column]);
    return level > 0 ? Math.max(1, Math.min(FULL_INK, Math.floor(level + 0.5))) : 0;
  });
  return { height, width, levels };
}

function asLevels({ height, width, levels }: Ink): Ink {
  if (levels.length !== height * width) throw new RangeError('ink must hold height x width levels');
  const rounded = Uint8Array.from(levels, (level) => {
    if (!(level >= 0 && level <= FULL_INK)) {
      throw new RangeError('ink must lie in 0..255 (0 is paper, 255 is full ink)');
    }
    return Math.floor(level + 0.5);
  });
  return { height, width, levels: rounded };
}

function sizeNormalise(cropped: Ink): Ink {
  const longer = Math.max(cropped.height, cropped.width);
  if (longer === BOX || longer <= SPECK) return cropped;
  return resample(cropped, scaled(cropped.height, longer), scaled(cropped.width, longer));
}

function scaled(length: number, longer: number): number {
  // In integers, so that both twins round a half the same way.
  return Math.max(1, Math.floor((2 * length * BOX + longer) / (2 * longer)));
}

function placeByMass({ height, width, levels }: Ink): Pixels {
  let [mass, byRow, byColumn] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const level = levels[row * width + column];
      mass += level;
      byRow += level * row;
      byColumn += level * column;
    }
  }
  const top = offset(byRow / mass, height);
  const left = offset(byColumn / mass, width);
  const framed = emptyPixels();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      framed[(top + row) * SIDE + left + column] = levels[row * width + column];
    }
  }
  return framed;
}

function offset(centreOfMass: number, length: number): number {
  const wanted = Math.ceil(CENTRE - 0.5 - centreOfMass);
  return Math.min(Math.max(wanted, 0), SIDE - length);
}

/** Source indices `first`, `first + 1`, ... and their weights, which sum to 1. */
interface Weights {
  readonly first: number;
  readonly values: readonly number[];
}

/**
 * Weights along one axis, one for each target index. Shrinking averages over the source pixels that
 * a target pixel covers; enlarging interpolates linearly between pixel centres.
 */
function axisWeights(source: number, target: number): Weights[] {
  const scale = source / target;
  return Array.from({ length: target }, (_, index) => {
    const start = index * scale;
    return target <= source ? covered(start, scale, source) : between(start + scale / 2 - 0.5, source);
  });
}

function covered(start: number, length: number, source: number): Weights {
  const first = Math.max(0, Math.floor(start) - 1);
  const last = Math.min(source - 1, Math.ceil(start + length));
  const overlaps = Array.from({ length: last - first + 1 }, (_, i) => {
    const overlap = Math.min(start + length, first + i + 1) - Math.max(start, first + i);
    return overlap < 1e-9 ? 0 : overlap; // float dust would count as ink
  });
  const total = overlaps.reduce((sum, overlap) => sum + overlap, 0);
  return { first, values: overlaps.map((overlap) => overlap / total) };
}

function between(position: number, source: number): Weights {
  const centre = Math.min(Math.max(position, 0), source - 1);
  const first = Math.min(Math.floor(centre), source - 1);
  const share = centre - first;
  return { first, values: share > 0 ? [1 - share, share] : [1] };
}

function weightedSum({ first, values }: Weights, at: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] > 0) sum += values[i] * at(first + i);
  }
  return sum;
}

function fill(
  { height, width }: { height: number; width: number },
  level: (row: number, column: number) => number,
): Uint8Array {
  const levels = new Uint8Array(height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) levels[row * width + column] = level(row, column);
  }
  return levels;
}
