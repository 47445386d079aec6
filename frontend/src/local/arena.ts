/** The arena: memory that a network's numbers lie in, and the sum of products that is computed there. */

import module from './products.wat';

/**
 * Adds `count` inputs from `first` on, each times its row of `weights` (as wide as `sums`, the first at `start`),
 * to `sums`.
 */
export type AddProducts = (
  sums: Float32Array,
  input: Float32Array,
  first: number,
  count: number,
  weights: Float32Array,
  start: number,
) => void;

export interface Arena {
  /** Zeros, for as long as the arena lives. Throws a RangeError where there is no place left. */
  readonly take: (count: number) => Float32Array;
  /** Of numbers that were taken here. */
  readonly addProducts: AddProducts;
}

const PAGE = 65_536; // bytes
const FLOAT = 4; // bytes
const LANES = 4; // floats that are computed at once

/** An arena for `sizes` counts of numbers, in any order. Where the browser computes no four at once, one by one. */
export function createArena(sizes: readonly number[], withLanes = WebAssembly.validate(module)): Arena {
  const floats = sizes.reduce((sum, size) => sum + inLanes(size), 0);
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil((floats * FLOAT) / PAGE)) });
  const most = memory.buffer.byteLength / FLOAT;
  let taken = 0;
  return {
    take: (count) => {
      if (taken + inLanes(count) > most) throw new RangeError('the arena is full');
      const numbers = new Float32Array(memory.buffer, taken * FLOAT, count);
      taken += inLanes(count);
      return numbers;
    },
    addProducts: withLanes ? productsInLanes(memory) : addProductsPlainly,
  };
}

function productsInLanes(memory: WebAssembly.Memory): AddProducts {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  const add = exports.add as (sums: number, input: number, count: number, weights: number, width: number) => void;
  return (sums, input, first, count, weights, start) => {
    const width = sums.length;
    if (width % LANES !== 0) {
      addProductsPlainly(sums, input, first, count, weights, start);
      return;
    }
    add(sums.byteOffset, input.byteOffset + FLOAT * first, count, weights.byteOffset + FLOAT * start, width);
  };
}

function addProductsPlainly(...[sums, input, first, count, weights, start]: Parameters<AddProducts>): void {
  const width = sums.length;
  for (let k = 0, row = start; k < count; k++, row += width) {
    const value = input[first + k];
    if (value === 0) continue;
    for (let channel = 0; channel < width; channel++) sums[channel] += value * weights[row + channel];
  }
}

function inLanes(count: number): number {
  return LANES * Math.ceil(count / LANES);
}
