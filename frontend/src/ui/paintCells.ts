/** Painting on a canvas of 28x28 cells, enlarged, with the grid left open between them. */

import { SIDE } from '../ink/framing';

const RING = 0.16; // of a cell, the breadth of a hollow one's edge

/** Empties the canvas and gives the brushes for it; undefined where the browser can't paint. */
export function cellsOn(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const side = Math.max(SIDE * 4, Math.round(canvas.clientWidth * window.devicePixelRatio));
  canvas.width = canvas.height = side;
  const edge = (i: number) => Math.round((i * side) / SIDE);
  const style = getComputedStyle(canvas);

  const each = (colour: string, strength: (i: number) => number, trace: (x: number, y: number, w: number, h: number) => void) => {
    context.fillStyle = context.strokeStyle = colour;
    for (let i = 0; i < SIDE * SIDE; i++) {
      context.globalAlpha = Math.max(0, strength(i));
      if (context.globalAlpha === 0) continue;
      const [row, column] = [Math.floor(i / SIDE), i % SIDE];
      const [x, y] = [edge(column), edge(row)];
      trace(x, y, edge(column + 1) - x - 1, edge(row + 1) - y - 1);
    }
  };

  return {
    colour: (token: string) => style.getPropertyValue(token),
    /** Fill cells; `strength` is 0 for nothing to 1 for the full colour. */
    fill: (colour: string, strength: (i: number) => number) => {
      each(colour, strength, (x, y, width, height) => { context.fillRect(x, y, width, height); });
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
