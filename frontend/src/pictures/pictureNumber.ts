/** Numbers on pictures: when a picture holds one rather than a single digit, and what is read then. */

import type { PictureCharacter, PictureText, Prediction } from '../api/types';
import type { Bounds } from '../ink/strokes';
import type { Character, Read } from '../reading/reading';
import type { Size } from './preparePicture';

// Chosen on pictures made by `backend/evaluation`: 395 of one digit, 300 of numbers, each in all of its conditions.
const LEAST_SURE = 0.8; // of a number: letters are taken for digits with less
const AS_TALL = 0.7; // of the tallest character: what is less is beside a digit rather than in a number with it
const AT_THE_EDGE = 0.01; // of the picture's side, from it: what stands there may be a part of anything
const OF_ALL = ['grey', 'paper removed']; // stages that show the whole picture, not the one digit that was looked for

/**
 * Whether a picture is read as the number `text` rather than as `prediction` says. Around a digit there may be
 * edges of paper, lines of a form and what its neighbours left, and any of them looks like a 1.
 */
export function isNumber(prediction: Prediction, text: PictureText, size?: Size): boolean {
  if (text.characters.length < 2 || text.confidence < LEAST_SURE) return false;
  if (prediction.character === null) return true;
  const tallest = Math.max(...text.characters.map(({ box: [, , , height] }) => height));
  const whole = text.characters.filter(({ box }) => box[3] >= AS_TALL * tallest && !(size && isAtEdge(box, size)));
  return whole.length > 1;
}

/** The number `text` as what is read on a picture; its boxes are in heights of the picture. */
export function numberOn({ stages }: Prediction, text: PictureText, size?: Size): Read {
  const { labels, model } = text;
  return {
    digit: null,
    character: null,
    confidence: text.confidence,
    probabilities: [],
    labels,
    model,
    text: text.text,
    characters: text.characters.map((character) => characterOn(character, text, size?.height ?? 1)),
    pictureWidth: size && size.width / size.height,
    stages: stages?.filter(({ name }) => OF_ALL.includes(name)),
  };
}

function characterOn(
  { character, confidence, probabilities, box: [left, top, width, height], line, pixels }: PictureCharacter,
  { labels, model }: PictureText,
  unit: number,
): Character {
  const digit = /^\d$/.test(character) ? Number(character) : null;
  const box: Bounds = { left: left / unit, top: top / unit, right: (left + width) / unit, bottom: (top + height) / unit };
  return { prediction: { digit, character, confidence, probabilities, labels, model }, pixels, box, line, label: character };
}

function isAtEdge([left, top, width, height]: readonly number[], size: Size): boolean {
  const [x, y] = [AT_THE_EDGE * size.width, AT_THE_EDGE * size.height];
  return left <= x || top <= y || left + width >= size.width - x || top + height >= size.height - y;
}
