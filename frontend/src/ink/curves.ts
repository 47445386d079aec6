/** Curves: strokes as smooth paths, for a canvas or an SVG. */

import type { Point, Stroke } from './strokes';

/** The few verbs of a path that a smooth stroke needs; `CanvasRenderingContext2D` has them. */
export interface Path {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
}

/** Trace a stroke through the midpoints of its segments, each point bending the curve towards it. */
export function traceStroke(path: Path, stroke: Stroke, scale = 1): void {
  if (stroke.length === 0) return;
  const points = stroke.map(([x, y]): Point => [x * scale, y * scale]);
  path.moveTo(...points[0]);
  for (let i = 1; i < points.length - 1; i++) {
    path.quadraticCurveTo(...points[i], ...midpoint(points[i], points[i + 1]));
  }
  path.lineTo(...points[points.length - 1]); // onto itself for a dot: a round cap draws it
}

/** The strokes as the `d` of an SVG path in a box of 100 units. */
export function svgPath(strokes: readonly Stroke[]): string {
  const parts: string[] = [];
  const write = (verb: string, ...numbers: number[]) => {
    parts.push(verb + numbers.map((n) => String(Math.round(n * 10) / 10)).join(' '));
  };
  const path: Path = {
    moveTo: (x, y) => { write('M', x, y); },
    lineTo: (x, y) => { write('L', x, y); },
    quadraticCurveTo: (cx, cy, x, y) => { write('Q', cx, cy, x, y); },
  };
  for (const stroke of strokes) traceStroke(path, stroke, 100);
  return parts.join('');
}

function midpoint(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
