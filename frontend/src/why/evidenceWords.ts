/** Where the evidence for an answer lies, in words. */

import type { Explanation } from '../api/types';
import { placeOf } from '../ink/evidence';
import { kindOf, named } from '../ui/format';

export interface EvidenceWords {
  readonly title: string;
  /** Where the evidence lies, for those who can't see it too. */
  readonly summary: string;
  /** What the filled and the hollow cells mean. */
  readonly filled: string;
  readonly hollow: string;
  /** Of the switch to the runner-up. */
  readonly question: string;
}

/** The words beside a map of evidence, or of what would make it the runner-up. */
export function wordsForEvidence(explanation: Explanation, isCounter: boolean): EvidenceWords {
  const { character, labels, saliency, counter_evidence: change } = explanation;
  const [guess, other] = [explanation.guess, explanation.runner_up].map((place) => named(labels[place]));
  const question = `What would make it ${other}?`;
  if (isCounter) {
    return {
      title: `What would make it ${other}`,
      summary: wordsForChange(other, placeOf(change, 'for'), placeOf(change, 'against')),
      filled: `ink here would speak for ${other}`,
      hollow: 'ink that would have to go',
      question,
    };
  }
  return {
    title: character === null ? `What speaks for ${guess}, the best guess` : `What speaks for ${guess}`,
    summary: wordsForSaliency(guess, kindOf(labels), placeOf(saliency, 'for'), placeOf(saliency, 'against')),
    filled: `ink that speaks for ${guess}`,
    hollow: `ink that speaks against ${guess}`,
    question,
  };
}

function wordsForSaliency(guess: string, kind: string, inFavour?: string, against?: string): string {
  if (!inFavour && !against) return `Nothing here speaks for or against any ${kind}.`;
  if (!inFavour) return `No ink speaks for ${guess}; what speaks against it lies ${against ?? ''}.`;
  const objection = against ? `What speaks against it lies ${against}.` : 'Hardly any ink speaks against it.';
  return `What speaks for ${guess} lies ${inFavour}. ${objection}`;
}

function wordsForChange(other: string, added?: string, removed?: string): string {
  if (!added && !removed) return `No change in one place would make it ${other}.`;
  const words = [added && `Ink to add lies ${added}.`, removed && `Ink to take away lies ${removed}.`];
  return words.filter(Boolean).join(' ');
}
