/** Words: every state of a reading and of the server as a sentence for a person. */

import type { ApiFailure } from '../api/failures';
import type { Explanation } from '../api/types';
import { type Answer, guessOf, type Reading, runnerUpOf } from '../hooks/reading';
import type { Outcome } from '../hooks/fileQueue';
import type { Server } from '../hooks/useServer';
import { placeOf } from '../ink/evidence';

export type Tone = 'calm' | 'good' | 'warning';

export interface Words {
  readonly tone: Tone;
  readonly title: string;
  readonly confidence?: string;
  readonly detail?: string;
  readonly canRetry?: boolean;
}

const NOT_A_DIGIT = 'it doesn\'t look like a digit';
const NO_REASON = 'nothing in it was recognised';
const OFFLINE = 'Nothing is lost. It will be read as soon as the server is back.';

export function wordsFor(reading: Reading, server: Server): Words {
  switch (reading.state) {
    case 'failed':
      return wordsForFailure(reading.failure, reading.retrying);
    case 'waiting':
      return wordsForServer(server) ?? wordsForWait(reading);
    case 'answered':
      return wordsForAnswer(reading.answer);
    case 'refused':
      return wordsForRefusal(reading.answer);
    case 'unasked':
      return wordsForServer(server) ?? { tone: 'calm', title: 'Press Predict to have it read.' };
    case 'empty':
      return wordsForServer(server) ?? { tone: 'calm', title: 'Draw a digit, 0 to 9.' };
  }
}

function wordsForServer(server: Server): Words | undefined {
  switch (server) {
    case 'ready':
      return undefined;
    case 'checking':
      return { tone: 'calm', title: 'Connecting to the server…' };
    case 'starting':
      return {
        tone: 'warning',
        title: 'The server is starting.',
        detail: 'It is loading the model. You can draw meanwhile.',
      };
    case 'offline':
      return { tone: 'warning', title: 'Server offline.', detail: OFFLINE };
    case 'failing':
      return { tone: 'warning', title: 'The server isn’t well.', detail: OFFLINE };
  }
}

/** A short wait keeps the words before, so that they neither flicker nor are read out each time. */
function wordsForWait({ slow, sent, previous }: Extract<Reading, { state: 'waiting' }>): Words {
  if (slow && sent < 1) {
    return { tone: 'calm', title: 'Sending the picture…', detail: 'The connection is slow.' };
  }
  if (slow) return { tone: 'calm', title: 'Still reading…', detail: 'The server takes longer than usual.' };
  if (!previous) return { tone: 'calm', title: 'Reading…' };
  return previous.digit === null ? wordsForRefusal(previous) : wordsForAnswer(previous);
}

function wordsForRefusal({ reason = NO_REASON }: Answer): Words {
  // The title says it already.
  const detail = reason === NOT_A_DIGIT ? 'Letters and scribbles are not read.' : asSentence(reason);
  return { tone: 'warning', title: 'That doesn’t look like a digit.', detail };
}

function wordsForAnswer(answer: Answer): Words {
  const runnerUp = runnerUpOf(answer);
  const doubt = runnerUp === undefined ? '.' : `, or ${named(runnerUp)}?`;
  return {
    tone: 'good',
    title: `${sureness(answer.confidence)} ${named(guessOf(answer))}${doubt}`,
    confidence: percent(answer.confidence),
    detail: `sure, read in ${milliseconds(answer.milliseconds)}.`,
  };
}

function wordsForFailure(failure: ApiFailure, retrying: boolean): Words {
  const { detail, requestId } = failure;
  const reference = requestId ? `Request ${requestId}.` : '';
  switch (failure.kind) {
    case 'offline':
      return { tone: 'warning', title: 'Server offline.', detail: OFFLINE };
    case 'starting':
      return { tone: 'warning', title: 'The server is starting.', detail: OFFLINE };
    case 'busy':
      return {
        tone: 'warning',
        title: 'Too many questions at once.',
        detail: retrying ? 'Asking again in a moment.' : detail,
        canRetry: !retrying,
      };
    case 'rejected':
      return { tone: 'warning', title: 'The server can’t read this.', detail: asSentence(detail) };
    case 'wrong type':
      return { tone: 'warning', title: 'That is no picture.', detail };
    case 'too large':
      return { tone: 'warning', title: 'The picture is too large.', detail };
    case 'broken':
      return {
        tone: 'warning',
        title: 'The server failed.',
        detail: [detail, reference].filter(Boolean).join(' '),
        canRetry: true,
      };
    case 'malformed':
      return {
        tone: 'warning',
        title: 'The answer made no sense.',
        detail: detail || 'Page and server may be of different versions.',
        canRetry: true,
      };
  }
}

/** What came of a file among several. */
export function wordsForOutcome(outcome: Outcome): string {
  switch (outcome.state) {
    case 'waiting':
      return 'Waiting';
    case 'reading':
      return 'Reading…';
    case 'stopped':
      return 'Not read';
    case 'read':
      return outcome.prediction.digit === null
        ? asSentence(outcome.prediction.reason ?? NO_REASON)
        : `${percent(outcome.prediction.confidence)} sure`;
    case 'failed': {
      const { title, detail } = wordsForFailure(outcome.failure, false);
      return detail && detail !== OFFLINE ? `${title} ${detail}` : title;
    }
  }
}

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
  const { digit, saliency, counter_evidence: change } = explanation;
  const [guess, other] = [named(explanation.guess), named(explanation.runner_up)];
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
    title: digit === null ? `What speaks for ${guess}, the best guess` : `What speaks for ${guess}`,
    summary: wordsForSaliency(guess, placeOf(saliency, 'for'), placeOf(saliency, 'against')),
    filled: `ink that speaks for ${guess}`,
    hollow: `ink that speaks against ${guess}`,
    question,
  };
}

function wordsForSaliency(guess: string, inFavour?: string, against?: string): string {
  if (!inFavour && !against) return 'Nothing here speaks for or against any digit.';
  if (!inFavour) return `No ink speaks for ${guess}; what speaks against it lies ${against ?? ''}.`;
  const objection = against ? `What speaks against it lies ${against}.` : 'Hardly any ink speaks against it.';
  return `What speaks for ${guess} lies ${inFavour}. ${objection}`;
}

function wordsForChange(other: string, added?: string, removed?: string): string {
  if (!added && !removed) return `No change in one place would make it ${other}.`;
  const words = [added && `Ink to add lies ${added}.`, removed && `Ink to take away lies ${removed}.`];
  return words.filter(Boolean).join(' ');
}

/** Confidence in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.99) return 'Almost certainly';
  if (confidence >= 0.9) return 'Very likely';
  if (confidence >= 0.7) return 'Probably';
  return confidence >= 0.5 ? 'Perhaps' : 'At a guess';
}

/** Never "100%" of what is not certain, nor "0%" of what is not impossible. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

export function milliseconds(duration: number): string {
  return duration >= 1000 ? `${(duration / 1000).toFixed(1)} s` : `${String(Math.round(duration))} ms`;
}

function asSentence(text: string): string {
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

export function named(digit: number): string {
  return `${digit === 8 ? 'an' : 'a'} ${String(digit)}`;
}
