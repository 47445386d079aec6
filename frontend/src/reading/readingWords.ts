/** Every state of a reading and of the server as a sentence for a person. */

import type { ApiFailure } from '../api/failures';
import type { AlphabetName, ReasonCode } from '../api/types';
import { asSentence, kindOf, milliseconds, named, percent } from '../ui/format';
import { type Answer, type Character, guessOf, isDoubtful, type Reading, runnerUpOf, textOf } from './reading';
import type { Server } from './useServer';

export type Tone = 'calm' | 'good' | 'warning';

export interface Words {
  readonly tone: Tone;
  readonly title: string;
  readonly confidence?: string;
  readonly detail?: string;
  readonly canRetry?: boolean;
}

const INVITATIONS: Readonly<Record<AlphabetName, string>> = {
  digits: 'Draw a digit, 0 to 9.',
  letters: 'Draw a letter, A to Z.',
};
const NOT_A_CHARACTER: ReasonCode = 'not_a_character';
export const NO_REASON = 'nothing in it was recognised';
export const OFFLINE = 'Nothing is lost. It will be read as soon as the server is back.';

export function wordsFor(reading: Reading, server: Server, alphabet: AlphabetName = 'digits'): Words {
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
      return wordsForServer(server) ?? { tone: 'calm', title: INVITATIONS[alphabet] };
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
    case 'replaced':
    case 'unused':
      return undefined; // all is read
  }
}

/** A short wait keeps the words before, so that they neither flicker nor are read out each time. */
function wordsForWait({ slow, sent, previous }: Extract<Reading, { state: 'waiting' }>): Words {
  if (slow && sent < 1) {
    return { tone: 'calm', title: 'Sending the picture…', detail: 'The connection is slow.' };
  }
  if (slow) return { tone: 'calm', title: 'Still reading…', detail: 'The server takes longer than usual.' };
  if (!previous) return { tone: 'calm', title: 'Reading…' };
  return textOf(previous) === '' ? wordsForRefusal(previous) : wordsForAnswer(previous);
}

function wordsForRefusal({ labels, reason = NO_REASON, reason_code: code }: Answer): Words {
  const kind = kindOf(labels);
  if (code === NOT_A_CHARACTER) {
    // The title says the reason already.
    const detail = `${kind === 'digit' ? 'Letters' : 'Digits'} and scribbles are not read.`;
    return { tone: 'warning', title: `That doesn’t look like a ${kind}.`, detail };
  }
  const title = code === undefined ? `That doesn’t look like a ${kind}.` : `No ${kind} is read.`;
  return { tone: 'warning', title, detail: asSentence(reason) };
}

function wordsForAnswer(answer: Answer): Words {
  if (answer.characters) return wordsForNumber(answer, answer.characters);
  const runnerUp = runnerUpOf(answer);
  const doubt = runnerUp === undefined ? '.' : `, or ${named(runnerUp)}?`;
  return {
    tone: 'good',
    title: `${sureness(answer.confidence)} ${named(answer.character ?? guessOf(answer))}${doubt}`,
    confidence: percent(answer.confidence),
    detail: `sure, read ${readIn(answer)}.${upsideDown(answer)}`,
  };
}

/** What a picture that may stand on its head shows then. */
export function upsideDown({ upside_down: other }: Pick<Answer, 'upside_down'>): string {
  return other === undefined ? '' : ` Upside down it is ${named(other)}.`;
}

function wordsForNumber(answer: Answer, characters: readonly Character[]): Words {
  const doubtful = characters.filter(isDoubtful).length;
  const unread = characters.filter(({ label }) => label === undefined).length;
  const notes = [
    ...(doubtful > 0 ? [`${String(doubtful)} in doubt`] : []),
    ...(unread > 0 ? [`${String(unread)} ${unread > 1 ? 'parts' : 'part'} not read`] : []),
  ];
  return {
    tone: 'good',
    title: `${sureness(answer.confidence)} ${textOf(answer).split('\n').join(', ')}.`,
    confidence: percent(answer.confidence),
    detail: ['sure of it all', ...notes, `read ${readIn(answer)}.`].join(', '),
  };
}

/** What a character of a number is called, in its place. */
export function nameOf(character: Character, place: number): string {
  const { label, prediction } = character;
  if (label === undefined) return `Part ${String(place + 1)}, not read`;
  const doubt = isDoubtful(character) ? ', in doubt' : '';
  return `Character ${String(place + 1)}: ${label}, ${percent(prediction.confidence)} sure${doubt}`;
}

export function wordsForFailure(failure: ApiFailure, retrying: boolean): Words {
  const { detail, requestId } = failure;
  const reference = requestId ? `Request ${requestId}.` : '';
  switch (failure.kind) {
    case 'offline':
      return { tone: 'warning', title: 'Server offline.', detail: OFFLINE };
    case 'starting':
      return { tone: 'warning', title: 'The server is starting.', detail: OFFLINE };
    case 'kept here':
      return {
        tone: 'warning',
        title: 'Only the server reads pictures.',
        detail: 'Nothing was sent to it, as you want all read on this device.',
      };
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

/** How long it took, and by whom where it wasn't the server. */
function readIn({ milliseconds: taken, by }: Answer): string {
  return `in ${milliseconds(taken)}${by === 'device' ? ' on this device' : ''}`;
}

/** Confidence in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.99) return 'Almost certainly';
  if (confidence >= 0.9) return 'Very likely';
  if (confidence >= 0.7) return 'Probably';
  return confidence >= 0.5 ? 'Perhaps' : 'At a guess';
}
