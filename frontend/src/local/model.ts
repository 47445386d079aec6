/** A model on this device: framed images become predictions, the same as the server's. */

import * as v from 'valibot';
import { readPrediction } from '../api/answers';
import type { Prediction, ReasonCode } from '../api/types';
import { withCoarseOdds } from '../ink/coarseness';
import { readNetwork } from './network';

/** What of a model's facts is needed to read by it. */
const Facts = v.object({
  version: v.string(),
  alphabet: v.string(),
  labels: v.pipe(v.array(v.string()), v.minLength(2)),
  refusal: v.object({ threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  lean: v.object({ sha256: v.string() }),
});

export interface LocalModel {
  readonly predict: (pixels: ArrayLike<number>) => Prediction;
}

const DECIMALS = 1e8; // as the server rounds
const ONE: Readonly<Partial<Record<string, string>>> = { digits: 'digit', letters: 'letter' };

/**
 * The model in a `.tflite` file, by the facts that stand beside it. Throws an Error that says what is wrong
 * with them.
 */
export async function openModel(graph: ArrayBuffer, facts: unknown): Promise<LocalModel> {
  const { success, output } = v.safeParse(Facts, facts);
  if (!success) throw new Error('The model’s facts are not what they should be.');
  const { version, alphabet, labels, refusal, lean } = output;
  const digest = await sha256(graph);
  if (digest !== undefined && digest !== lean.sha256) throw new Error('The model is not the one that its facts describe.');
  const network = readNetwork(graph);
  const one = ONE[alphabet] ?? 'character';

  const refused = (probabilities: readonly number[], code: ReasonCode, score: number) => ({
    digit: null,
    character: null,
    confidence: Math.max(...probabilities),
    probabilities,
    is_character: score,
    reason: code === 'nothing_drawn' ? 'nothing is drawn' : `it doesn't look like a ${one}`,
    reason_code: code,
  });

  const answer = (pixels: ArrayLike<number>) => {
    if (Array.from(pixels).every((level) => level === 0)) {
      return refused(labels.map(() => 1 / labels.length), 'nothing_drawn', 0);
    }
    const { probabilities: raw, is_digit: [isCharacter] = [1] } = network.run(pixels);
    if (raw?.length !== labels.length) throw new Error('The model has not as many labels as its facts.');
    const total = raw.reduce((sum, share) => sum + share, 0);
    const probabilities = Array.from(raw, (share) => rounded(share / total));
    const exact = withCoarseOdds(isCharacter, pixels, alphabet);
    if (exact < refusal.threshold) return refused(probabilities, 'not_a_character', rounded(exact));
    const confidence = Math.max(...probabilities);
    const character = labels[probabilities.indexOf(confidence)];
    const digit = alphabet === 'digits' ? Number(character) : null;
    return { digit, character, confidence, probabilities, is_character: rounded(exact) };
  };

  return {
    predict: (pixels) => {
      const found = { ...answer(pixels), labels, pixels: Array.from(pixels), model: version };
      return { ...readPrediction(found), by: 'device' };
    },
  };
}

function rounded(share: number): number {
  return Math.round(share * DECIMALS) / DECIMALS;
}

/** In hex; undefined where the browser computes none, as on a page without TLS that isn't this machine's own. */
async function sha256(file: ArrayBuffer): Promise<string | undefined> {
  // Missing there, whatever its type says.
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', file);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
