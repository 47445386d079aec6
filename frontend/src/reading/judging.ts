/** Judging: framed images are sent for their predictions, each of them once. */

import type { Prediction } from '../api/types';
import type { Pixels } from '../ink/framing';
import type { Judgement } from '../ink/numbers';
import { predictBatch } from './reader';

const MOST_AT_ONCE = 1000; // images in a request
const MOST_REMEMBERED = 3000;

export interface Judged extends Judgement {
  readonly prediction: Prediction;
}

const named = new WeakMap<Pixels, string>();

/** Names an image, which never changes: one character a pixel. */
export function keyOf(pixels: Pixels): string {
  const key = named.get(pixels) ?? String.fromCharCode(...pixels);
  named.set(pixels, key);
  return key;
}

/** Judges images, and remembers them as long as the same model answers. */
export function createJudging(ask: typeof predictBatch = predictBatch) {
  const known = new Map<string, Judged>(); // the last used at the end
  let model: string | undefined;

  const keep = (key: string, judged: Judged) => {
    known.delete(key);
    known.set(key, judged);
  };

  return async (images: readonly Pixels[], signal?: AbortSignal): Promise<Judged[]> => {
    const keys = images.map(keyOf);
    const answers = new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)] as const] : [])));
    const missing = [...new Map(images.map((pixels, i) => [keys[i], pixels]))].filter(([key]) => !answers.has(key));
    for (let start = 0; start < missing.length; start += MOST_AT_ONCE) {
      const part = missing.slice(start, start + MOST_AT_ONCE);
      const predictions = await ask(part.map(([, pixels]) => pixels), signal);
      predictions.forEach((prediction, i) => answers.set(part[i][0], judgedOf(prediction)));
      if (predictions[0].model !== model) known.clear();
      model = predictions[0].model;
    }
    return keys.map((key) => {
      const judged = answers.get(key);
      if (!judged) throw new Error('an image was not judged');
      keep(key, judged);
      for (const oldest of known.keys()) {
        if (known.size <= MOST_REMEMBERED) break;
        known.delete(oldest);
      }
      return judged;
    });
  };
}

/** The one that the whole page shares. */
export const judge = createJudging();

function judgedOf(prediction: Prediction): Judged {
  const { probabilities, character, is_character: isCharacter = character === null ? 0 : 1 } = prediction;
  return { probabilities, isCharacter, prediction };
}
