/** What the journeys ask of a browser, whichever engine it has and however it is steered. */

import type { Drawing } from '../e2e/handwriting';

export interface Engine {
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Draws with the mouse on the element, in units of its width. */
  draw(selector: string, drawing: Drawing): Promise<void>;
  click(selector: string): Promise<void>;
  /** Runs a function body in the page; what it returns must be JSON. */
  evaluate<T>(body: string): Promise<T>;
  close(): Promise<void>;
}

export const VIEWPORT = { width: 1280, height: 900 };

/** Where on the screen a drawing's points lie. */
export function pointsOn(box: { x: number; y: number; width: number }, stroke: Drawing[number]) {
  return stroke.map(([x, y]) => ({ x: Math.round(box.x + x * box.width), y: Math.round(box.y + y * box.width) }));
}
