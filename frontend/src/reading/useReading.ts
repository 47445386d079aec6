import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiFailure } from '../api/failures';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import type { Pixels } from '../ink/framing';
import { useSlow } from '../ui/useSlow';
import { predictDrawing } from './drawnNumber';
import { keyOf } from './judging';
import { predict } from './reader';
import { type Answer, type Read, type Reading, textOf } from './reading';

export interface Question {
  /** The same for the same question: its answer is kept by it. */
  readonly key: string;
  /**
   * `onSent` is told the share that has been sent of what takes long to send. An answer that was given before
   * tells how long it took then.
   */
  readonly ask: (signal: AbortSignal, onSent: (share: number) => void) => Promise<Read | Answer>;
}

const BUSY_RETRIES = 3;
const BUSY_DELAY = 2; // s, where the server names none
const REMEMBERED = 5 * 60_000; // ms, answers for undo and redo

/**
 * The reading of a question; null asks nothing. Answers are kept by question, so one that comes late
 * can't be shown for another question, and a question that is no longer asked is cancelled.
 */
export function useReading(question: Question | null, isEmpty: boolean) {
  const [sent, setSent] = useState(1);
  const client = useQueryClient();
  const query = useQuery({
    ...queryOf(question, setSent),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const { data, error, failureReason, isFetching, isPlaceholderData, refetch } = query;
  const slow = useSlow(question !== null && isFetching);
  const again = useCallback(() => void refetch(), [refetch]);
  // Already before the page is painted with what the question is about, which takes as long as the answer.
  const askAhead = useCallback(
    (next: Question) => {
      client.query(queryOf(next, setSent)).catch(() => undefined); // which is told where it is asked
    },
    [client],
  );

  const reading = ((): Reading => {
    if (isEmpty) return { state: 'empty' };
    if (!question) return { state: 'unasked' };
    const failed = error ?? (isFetching ? failureReason : null);
    if (failed && (!isFetching || kindOf(failed) === 'busy')) {
      return { state: 'failed', failure: asApiFailure(failed), retrying: isFetching };
    }
    if (!data || isPlaceholderData) return { state: 'waiting', slow, previous: data, sent };
    return { state: textOf(data) === '' ? 'refused' : 'answered', answer: data };
  })();
  return { reading, again, askAhead };
}

function queryOf(question: Question | null, onSent: (share: number) => void) {
  return queryOptions<Answer>({
    queryKey: ['prediction', question?.key],
    queryFn: ({ signal }) => ask(question, signal, onSent),
    staleTime: Infinity,
    gcTime: REMEMBERED,
    networkMode: 'always',
    retry: (count, error) => kindOf(error) === 'busy' && count < BUSY_RETRIES,
    retryDelay: (_count, error) =>
      ((error instanceof ApiFailure && error.retryAfterSeconds) || BUSY_DELAY) * 1000,
  });
}

async function ask(
  question: Question | null,
  signal: AbortSignal,
  onSent: (share: number) => void,
): Promise<Answer> {
  if (!question) throw new Error('nothing to ask');
  const start = performance.now();
  const prediction = await question.ask(signal, onSent);
  return { milliseconds: performance.now() - start, ...prediction };
}

/** Which character of the alphabet a framed image shows. */
export function pixelsQuestion(pixels: Pixels, alphabet: AlphabetName = 'digits'): Question {
  return {
    key: alphabet + keyOf(pixels),
    ask: (signal, onSent) => {
      onSent(1);
      return predict(pixels, signal, alphabet);
    },
  };
}

/** What is written in a drawing, be it a digit or a number. */
export function drawingQuestion(strokes: Strokes): Question {
  return {
    key: nameOf(strokes),
    ask: (signal, onSent) => {
      onSent(1);
      return predictDrawing(strokes, signal);
    },
  };
}

const names = new WeakMap<Strokes, string>();
let named = 0;

/** The same for the same drawing, which undoing brings back; faster than to spell out its points. */
function nameOf(strokes: Strokes): string {
  const name = names.get(strokes) ?? `drawing ${String(++named)}`;
  names.set(strokes, name);
  return name;
}

function kindOf(error: unknown) {
  return error instanceof ApiFailure ? error.kind : undefined;
}

function asApiFailure(error: Error): ApiFailure {
  return error instanceof ApiFailure ? error : new ApiFailure('malformed', error.message);
}
