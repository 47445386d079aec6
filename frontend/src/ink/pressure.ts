/**
 * How wide a pen drew each point of a stroke, as a screen shows it.
 *
 * Widths stand beside strokes, whose points stay pairs for all that knows them: links, files, lessons. What the model sees has one width, whatever drew it.
 */

import type { Stroke } from './strokes';

export const NARROWEST = 0.6; // of the pen's width
export const WIDEST = 1.4;

const LEANING = 50; // degrees from upright, beyond which the pen's side is seen to write
const BREADTH = 0.4; // more of the width, for a pen that lies flat
const EASE = 0.4; // of the way to the width that is due, at each point: pressure comes in jumps

const beside = new WeakMap<Stroke, readonly number[]>();

/** The width of each point of a stroke, 1 for the pen's own; undefined where it is that all along. */
export function widthsOf(stroke: Stroke): readonly number[] | undefined {
  return beside.get(stroke);
}

/** Remembers widths, one a point; they may still grow, as the stroke does. */
export function setWidths(stroke: Stroke, widths: readonly number[]): void {
  beside.set(stroke, widths);
}

/** The width that is due: `pressure` from 0 to 1, tilts in degrees. A pen that can't tell its pressure says 0.5. */
export function widthFor({ pressure, tiltX, tiltY }: { pressure: number; tiltX: number; tiltY: number }): number {
  const lean = Math.max(0, Math.max(Math.abs(tiltX), Math.abs(tiltY)) - LEANING) / (90 - LEANING);
  const pressed = NARROWEST + (WIDEST - NARROWEST) * pressure;
  return Math.min(WIDEST, Math.max(NARROWEST, pressed * (1 + BREADTH * lean)));
}

/** The width of the next point, where the last one's was `before`. */
export function eased(before: number, due: number): number {
  return before + EASE * (due - before);
}

/** Widths from untrusted data, of a stroke of so many points; undefined where it holds anything else. */
export function readWidths(value: unknown, points: number): number[] | undefined {
  const isWidth = (width: unknown) => typeof width === 'number' && width >= NARROWEST && width <= WIDEST;
  return Array.isArray(value) && value.length === points && value.every(isWidth) ? (value as number[]) : undefined;
}
