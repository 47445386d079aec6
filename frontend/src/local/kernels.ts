/** Kernels: the layers of a convolutional network, each over one image of (height, width, channels). */

import type { AddProducts } from './arena';

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface Window {
  readonly height: number;
  readonly width: number;
  readonly strideY: number;
  readonly strideX: number;
  /** Whether the image is continued with nothing around it, so that its size divided by the stride is kept. */
  readonly isPadded: boolean;
}

/** The values of `shape`, row by row, the channels of a pixel side by side. */
export type Values = Float32Array;

/**
 * Convolution, then ReLU where `isRectified`. `weights` are (window height, window width, channels in, channels
 * out), so that the innermost loop runs through memory; zeros, which most of an image and of what ReLU leaves
 * are, cost nothing.
 */
export function convolve(
  input: Values,
  from: Shape,
  weights: Float32Array,
  bias: Float32Array,
  window: Window,
  isRectified: boolean,
  output: Values,
  to: Shape,
  addProducts: AddProducts,
): void {
  const [above, before] = margins(from, to, window);
  for (let y = 0, target = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++, target += to.channels) {
      const sums = output.subarray(target, target + to.channels);
      sums.set(bias);
      const [first, last] = clipped(x * window.strideX - before, window.width, from.width);
      for (let i = 0; i < window.height; i++) {
        const row = y * window.strideY - above + i;
        if (row < 0 || row >= from.height) continue;
        const pixel = (row * from.width + first) * from.channels;
        const place = i * window.width + first - (x * window.strideX - before);
        // The pixels of a row lie side by side, and so do their weights.
        addProducts(sums, input, pixel, (last - first) * from.channels, weights, place * from.channels * to.channels);
      }
    }
  }
  if (isRectified) rectify(output);
}

/** The largest value in each place of the window. */
export function maxPool(input: Values, from: Shape, window: Window, output: Values, to: Shape): void {
  const [above, before] = margins(from, to, window);
  output.fill(-Infinity);
  for (let y = 0, target = 0; y < to.height; y++) {
    const [top, bottom] = clipped(y * window.strideY - above, window.height, from.height);
    for (let x = 0; x < to.width; x++, target += to.channels) {
      const [first, last] = clipped(x * window.strideX - before, window.width, from.width);
      for (let row = top; row < bottom; row++) {
        for (let column = first; column < last; column++) {
          const pixel = (row * from.width + column) * from.channels;
          for (let channel = 0; channel < to.channels; channel++) {
            if (input[pixel + channel] > output[target + channel]) output[target + channel] = input[pixel + channel];
          }
        }
      }
    }
  }
}

/** A dense layer, then ReLU where `isRectified`. `weights` are (inputs, outputs). */
export function connect(
  input: Values,
  weights: Float32Array,
  bias: Float32Array,
  isRectified: boolean,
  output: Values,
  addProducts: AddProducts,
): void {
  output.set(bias);
  addProducts(output, input, 0, input.length, weights, 0);
  if (isRectified) rectify(output);
}

export function softmax(input: Values, beta: number, output: Values): void {
  const highest = input.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(input, (value) => Math.exp((value - highest) * beta));
  const total = powers.reduce((a, b) => a + b, 0);
  powers.forEach((power, i) => {
    output[i] = power / total;
  });
}

export function logistic(input: Values, output: Values): void {
  input.forEach((value, i) => {
    output[i] = 1 / (1 + Math.exp(-value));
  });
}

function rectify(values: Values): void {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
}

/** The part of `size` places from `start` on that lies in 0..`length`. */
function clipped(start: number, size: number, length: number): [number, number] {
  return [Math.max(0, start), Math.min(length, start + size)];
}

/** How far the window begins above and before the image; what is over on one side is after it, as in TensorFlow. */
function margins(from: Shape, to: Shape, { height, width, strideY, strideX, isPadded }: Window): [number, number] {
  if (!isPadded) return [0, 0];
  const margin = (target: number, stride: number, size: number, source: number) =>
    Math.max(0, Math.floor(((target - 1) * stride + size - source) / 2));
  return [margin(to.height, strideY, height, from.height), margin(to.width, strideX, width, from.width)];
}
