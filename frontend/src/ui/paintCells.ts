/** Painting on a canvas of 28x28 cells, enlarged, with the grid left open between them. */

import { SIDE } from '../ink/framing';

const RING = 0.16; // of a cell, the breadth of a hollow one's edge

interface Look {
  readonly side: number; // px
  readonly ratio: number; // px in a CSS pixel
  readonly colours: Map<string, string>; // by token
}

// Asking for a size or a style has the page laid out, while an answer is waited for.
const looks = new WeakMap<HTMLCanvasElement, Look>();

/** To be told when the canvas's size or the theme changed. */
export function lookAgain(canvas: HTMLCanvasElement): void {
  looks.delete(canvas);
}

function lookOf(canvas: HTMLCanvasElement): Look {
  const known = looks.get(canvas);
  const ratio = window.devicePixelRatio; // another one on another screen
  if (known?.ratio === ratio) return known;
  const side = Math.max(SIDE * 4, Math.round(canvas.clientWidth * ratio));
  const look = { side, ratio, colours: new Map<string, string>() };
  looks.set(canvas, look);
  return look;
}

let small: HTMLCanvasElement | undefined;

/** A canvas with a pixel a cell, in one colour: enlarged at once, where cell by cell takes 784 calls. */
function stencil(colour: string, strength: (i: number) => number): HTMLCanvasElement | undefined {
  small ??= document.createElement('canvas');
  small.width = small.height = SIDE;
  const context = small.getContext('2d');
  if (!context) return undefined;
  const image = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) image.data[4 * i + 3] = Math.round(255 * Math.max(0, strength(i)));
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = 'source-in'; // the colour where and as strong as the image is
  context.fillStyle = colour;
  context.fillRect(0, 0, SIDE, SIDE);
  return small;
}

/** Empties the canvas and gives the brushes for it; undefined where the browser can't paint. */
export function cellsOn(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const { side, colours } = lookOf(canvas);
  canvas.width = canvas.height = side;
  const edge = (i: number) => Math.round((i * side) / SIDE);

  const each = (colour: string, strength: (i: number) => number, trace: (x: number, y: number, w: number, h: number) => void) => {
    context.strokeStyle = colour;
    for (let i = 0; i < SIDE * SIDE; i++) {
      context.globalAlpha = Math.max(0, strength(i));
      if (context.globalAlpha === 0) continue;
      const [row, column] = [Math.floor(i / SIDE), i % SIDE];
      const [x, y] = [edge(column), edge(row)];
      trace(x, y, edge(column + 1) - x - 1, edge(row + 1) - y - 1);
    }
  };

  return {
    colour: (token: string) => {
      const colour = colours.get(token) ?? getComputedStyle(canvas).getPropertyValue(token);
      colours.set(token, colour);
      return colour;
    },
    /** Fill cells; `strength` is 0 for nothing to 1 for the full colour. */
    fill: (colour: string, strength: (i: number) => number) => {
      const image = stencil(colour, strength);
      if (!image) return;
      context.globalAlpha = 1;
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 0, 0, side, side);
      for (let i = 1; i <= SIDE; i++) {
        context.clearRect(edge(i) - 1, 0, 1, side);
        context.clearRect(0, edge(i) - 1, side, 1);
      }
    },
    /** Draw hollow cells. */
    ring: (colour: string, strength: (i: number) => number) => {
      const breadth = Math.max(1, Math.round((side / SIDE) * RING));
      context.lineWidth = breadth;
      each(colour, strength, (x, y, width, height) => {
        context.strokeRect(x + breadth / 2, y + breadth / 2, width - breadth, height - breadth);
      });
    },
  };
}
