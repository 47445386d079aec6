/**
 * Coarse images: how surely something coarse is a character.
 *
 * Twin of `model_training/coarseness.py`, which explains the rule and its figures; both read
 * `model_training/tests/golden_cases.json`.
 */

import { FULL_INK, SIDE } from './framing';

// Levels of which a pixel has any ink, and between which it is partly inked.
const INKED = 20;
const PARTLY = [40, FULL_INK - 40] as const;
const USUAL = [0.3, 0.5] as const; // the share of inked pixels that are partly inked
// How many times as likely a coarse image is to show a character, by the alphabet's name.
const ODDS: Readonly<Partial<Record<string, number>>> = { digits: 16 };
const MOST_INKED = 0.3; // of all pixels, over which it is rather a scribble

/** Whether a framed image, 784 levels, is coarse; an empty or a full one isn't. */
export function isCoarse(pixels: ArrayLike<number>): boolean {
  let [inked, partly] = [0, 0];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] > INKED) inked += 1;
    if (pixels[i] > PARTLY[0] && pixels[i] < PARTLY[1]) partly += 1;
  }
  const isUnusual = partly < USUAL[0] * inked || partly > USUAL[1] * inked;
  return isUnusual && inked < MOST_INKED * SIDE ** 2;
}

/** The probability `isCharacter` of a framed image, with the alphabet's higher odds where it is coarse. */
export function withCoarseOdds(isCharacter: number, pixels: ArrayLike<number>, alphabet: string): number {
  const odds = ODDS[alphabet];
  if (odds === undefined || !isCoarse(pixels)) return isCharacter;
  return (odds * isCharacter) / (1 + (odds - 1) * isCharacter);
}
