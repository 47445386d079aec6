/** A drawing is read: as a single character, or as a number with all of its characters. */

import type { Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { confidenceOf, propose, readNumber } from '../ink/numbers';
import { frameStrokes } from '../ink/strokes';
import { type Judged, judge } from './judging';
import { predict } from './reader';
import { type Character, guessOf, type Read, textOfCharacters } from './reading';

type JudgeAll = (images: readonly Uint8Array[]) => Promise<readonly Judged[]>;

/** What is written in a drawing. Where it can be a single character alone, that is asked for alone. */
export async function predictDrawing(strokes: Strokes, signal?: AbortSignal): Promise<Read> {
  const proposed = propose(strokes);
  if (proposed.candidates.length === 1) return predict(proposed.candidates[0].pixels, signal, 'digits');
  return readDrawing(strokes, (images) => judge(images, signal), proposed);
}

/** A prediction as ever where the drawing is one character or none, else a number. */
export async function readDrawing(strokes: Strokes, judgeAll: JudgeAll, proposed = propose(strokes)): Promise<Read> {
  const { proposal, judgements, segmentation } = await readNumber(proposed, judgeAll);
  const { found, share } = segmentation;
  if (found.length === 1) return judgements[found[0].candidate].prediction;
  if (!found.some(({ isCharacter }) => isCharacter)) return (await judgeAll([frameStrokes(strokes)]))[0].prediction;
  const characters = found.map(({ candidate, box, line, isCharacter }): Character => {
    const { prediction } = judgements[candidate];
    const { strokes, pixels } = proposal.candidates[candidate];
    const label = isCharacter ? guessOf(prediction) : undefined;
    return { prediction, pixels: Array.from(pixels), box, line, strokes, label };
  });
  return numberOf(characters, share);
}

/** The number that `characters` make; `share` is how probable it is that these are its characters. */
function numberOf(characters: readonly Character[], share: number): Read {
  const text = textOfCharacters(characters);
  const read = characters.filter(({ label }) => label !== undefined).map(({ prediction }) => prediction);
  const confidence = confidenceOf(read.map((prediction) => prediction.confidence), share);
  const { labels, model, by } = read[0];
  const whole: Prediction = { digit: null, character: null, confidence, probabilities: [], labels, model, by };
  if (read.length > 1) return { ...whole, text, characters };
  return { ...whole, digit: Number(text), character: text, probabilities: read[0].probabilities, text, characters };
}
