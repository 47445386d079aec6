/** What came of a file among several, in words. */

import { textOf } from '../reading/reading';
import { NO_REASON, OFFLINE, upsideDown, wordsForFailure } from '../reading/readingWords';
import { asSentence, percent } from '../ui/format';
import type { Outcome } from './fileQueue';

export function wordsForOutcome(outcome: Outcome): string {
  switch (outcome.state) {
    case 'waiting':
      return 'Waiting';
    case 'reading':
      return 'Reading…';
    case 'stopped':
      return 'Not read';
    case 'read':
      return textOf(outcome.prediction) === ''
        ? asSentence(outcome.prediction.reason ?? NO_REASON)
        : `${percent(outcome.prediction.confidence)} sure${upsideDown(outcome.prediction).replace(/^ (.*)\.$/, '. $1')}`;
    case 'failed': {
      const { title, detail } = wordsForFailure(outcome.failure, false);
      return detail && detail !== OFFLINE ? `${title} ${detail}` : title;
    }
  }
}
