/**
 * Networks: the lean copy (LiteRT, `.tflite`) of a model, run one image at a time.
 *
 * Only the operators that our networks are made of are known; a file with another one is refused by its name.
 * The format: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs
 */

import { type AddProducts, createArena } from './arena';
import { Table } from './flatbuffer';
import { connect, convolve, logistic, maxPool, type Shape, softmax, type Values, type Window } from './kernels';

/** The outputs for one image by name; overwritten by the next run. */
export type Outputs = Readonly<Partial<Record<string, Values>>>;

export interface Network {
  /** `image` has as many values as the input, here 28 x 28 of 0..255. */
  readonly run: (image: ArrayLike<number>) => Outputs;
}

// Places of fields in the format's tables.
const MODEL = { codes: 1, graphs: 2, buffers: 4, signatures: 7 };
const GRAPH = { tensors: 0, inputs: 1, operators: 3 };
const TENSOR = { shape: 0, type: 1, buffer: 2 };
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4 };
const CODE = { short: 0, long: 3 };
const SIGNATURE = { outputs: 1 };
const NAMED = { name: 0, tensor: 1 };
const CONVOLUTION = { padding: 0, strideX: 1, strideY: 2, activation: 3, dilationX: 4, dilationY: 5 };
const POOL = { padding: 0, strideX: 1, strideY: 2, width: 3, height: 4, activation: 5 };
const CONNECTED = { activation: 0 };
const SOFTMAX = { beta: 0 };

const FLOAT32 = 0;
const SAME = 0; // a padding
const NO_ACTIVATION = 0;
const RELU = 1;

// What only computes a shape for any number of images; for one image the file says all shapes itself.
const OF_SHAPES = new Set([45 /* STRIDED_SLICE */, 77 /* SHAPE */, 83 /* PACK */]);

type Build = (operator: Table, tensors: Tensors) => () => void;

const BUILDERS: Readonly<Partial<Record<number, Build>>> = {
  3: buildConvolution,
  9: buildConnected,
  14: (operator, { value }) => {
    const [input, output] = [value(inputOf(operator)), value(outputOf(operator))];
    return () => { logistic(input, output); };
  },
  17: buildMaxPool,
  22: (operator, { value }) => {
    const [input, output] = [value(inputOf(operator)), value(outputOf(operator))];
    return () => { output.set(input); }; // the same values in another shape
  },
  25: (operator, { value }) => {
    const [input, output] = [value(inputOf(operator)), value(outputOf(operator))];
    const beta = operator.table(OPERATOR.options)?.float(SOFTMAX.beta) ?? 1;
    return () => { softmax(input, beta, output); };
  },
};

/** The network in a `.tflite` file. Throws an Error that says what is wrong with it. */
export function readNetwork(file: ArrayBuffer): Network {
  const view = new DataView(file);
  if (file.byteLength < 8 || view.getUint32(4, true) !== 0x334c4654 /* "TFL3" */) {
    throw new Error('This is no LiteRT file.');
  }
  try {
    return build(Table.root(view));
  } catch (error) {
    if (error instanceof RangeError) throw new Error('The LiteRT file is damaged.', { cause: error });
    throw error;
  }
}

function build(model: Table): Network {
  const codes = model.tables(MODEL.codes).map((code) => code.int(CODE.long) || code.byte(CODE.short));
  const [graph] = model.tables(MODEL.graphs);
  const tensors = tensorsOf(graph, model.tables(MODEL.buffers));
  const steps = graph.tables(GRAPH.operators).flatMap((operator) => {
    const code = codes[operator.int(OPERATOR.code)];
    if (OF_SHAPES.has(code)) return [];
    const builder = BUILDERS[code];
    if (!builder) throw new Error(`The network has an operator (number ${String(code)}) that is not known here.`);
    return [builder(operator, tensors)];
  });
  const [signature] = model.tables(MODEL.signatures);
  const outputs = signature
    .tables(SIGNATURE.outputs)
    .map((named) => [named.text(NAMED.name), tensors.value(named.int(NAMED.tensor))] as const);
  const found: Outputs = Object.fromEntries(outputs);
  const input = tensors.value(graph.ints(GRAPH.inputs)[0]);
  return {
    run: (image) => {
      if (image.length !== input.length) throw new RangeError(`an image has ${String(input.length)} values`);
      input.set(image);
      for (const step of steps) step();
      return found;
    },
  };
}

interface Tensors {
  readonly shape: (tensor: number) => readonly number[];
  /** The weights that stand in the file, (rows, others) turned to (others, rows); throws where there are none. */
  readonly weights: (tensor: number, rows?: number) => Float32Array;
  /** Where a value that is computed, or the image, is put. */
  readonly value: (tensor: number) => Values;
  readonly addProducts: AddProducts;
}

function tensorsOf(graph: Table, buffers: readonly Table[]): Tensors {
  const tables = graph.tables(GRAPH.tensors);
  const values = new Map<number, Values>();
  const shape = (tensor: number) => tables[tensor].ints(TENSOR.shape);
  // Every tensor's numbers once: weights, or what is computed.
  const arena = createArena(tables.map((_, tensor) => sizeOf(shape(tensor))));
  const checked = (tensor: number) => {
    if (tables[tensor].byte(TENSOR.type) !== FLOAT32) throw new Error('The network computes with other numbers than float32.');
    return sizeOf(shape(tensor));
  };
  return {
    shape,
    addProducts: arena.addProducts,
    weights: (tensor, rows = 1) => {
      const count = checked(tensor);
      const bytes = buffers[tables[tensor].int(TENSOR.buffer)].bytes(0);
      if (bytes.length !== 4 * count) throw new RangeError('weights are missing');
      const stored = new Float32Array(bytes.slice().buffer); // a copy, as a file's numbers may lie anywhere
      const turned = arena.take(count);
      turned.set(transposed(stored, rows, count / rows));
      return turned;
    },
    value: (tensor) => {
      const value = values.get(tensor) ?? arena.take(checked(tensor));
      values.set(tensor, value);
      return value;
    },
  };
}

function buildConvolution(operator: Table, { shape, weights, value, addProducts }: Tensors) {
  const [input, filter, bias] = operator.ints(OPERATOR.inputs);
  const output = outputOf(operator);
  const options = optionsOf(operator);
  if (options.int(CONVOLUTION.dilationX, 1) !== 1 || options.int(CONVOLUTION.dilationY, 1) !== 1) {
    throw new Error('Dilated convolutions are not known here.');
  }
  const [channelsOut, height, width] = shape(filter);
  const kernel = weights(filter, channelsOut); // (height, width, channels in, channels out)
  const window: Window = {
    height,
    width,
    strideX: options.int(CONVOLUTION.strideX),
    strideY: options.int(CONVOLUTION.strideY),
    isPadded: options.byte(CONVOLUTION.padding) === SAME,
  };
  const isRectified = rectifies(options.byte(CONVOLUTION.activation));
  const [from, to] = [imageShape(shape(input)), imageShape(shape(output))];
  const [source, biases, target] = [value(input), weights(bias), value(output)];
  return () => { convolve(source, from, kernel, biases, window, isRectified, target, to, addProducts); };
}

function buildMaxPool(operator: Table, { shape, value }: Tensors) {
  const [input, output] = [inputOf(operator), outputOf(operator)];
  const options = optionsOf(operator);
  if (options.byte(POOL.activation) !== NO_ACTIVATION) throw new Error('An activation after pooling is not known here.');
  const window: Window = {
    height: options.int(POOL.height),
    width: options.int(POOL.width),
    strideX: options.int(POOL.strideX),
    strideY: options.int(POOL.strideY),
    isPadded: options.byte(POOL.padding) === SAME,
  };
  const [from, to] = [imageShape(shape(input)), imageShape(shape(output))];
  const [source, target] = [value(input), value(output)];
  return () => { maxPool(source, from, window, target, to); };
}

function buildConnected(operator: Table, { shape, weights, value, addProducts }: Tensors) {
  const [input, matrix, bias] = operator.ints(OPERATOR.inputs);
  const kernel = weights(matrix, shape(matrix)[0]); // (inputs, outputs)
  const isRectified = rectifies(optionsOf(operator).byte(CONNECTED.activation));
  const [source, biases, target] = [value(input), weights(bias), value(outputOf(operator))];
  return () => { connect(source, kernel, biases, isRectified, target, addProducts); };
}

function inputOf(operator: Table): number {
  return operator.ints(OPERATOR.inputs)[0];
}

function outputOf(operator: Table): number {
  return operator.ints(OPERATOR.outputs)[0];
}

function optionsOf(operator: Table): Table {
  const options = operator.table(OPERATOR.options);
  if (!options) throw new Error('The network has an operator without its options.');
  return options;
}

function rectifies(activation: number): boolean {
  if (activation !== NO_ACTIVATION && activation !== RELU) throw new Error('The network has an activation that is not known here.');
  return activation === RELU;
}

function imageShape([, height, width, channels]: readonly number[]): Shape {
  return { height, width, channels };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** A matrix of (rows, columns) as (columns, rows). */
function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = matrix[row * columns + column];
  }
  return turned;
}
