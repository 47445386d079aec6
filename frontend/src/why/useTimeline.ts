import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { predictBatch } from '../api/client';
import type { AlphabetName, Prediction } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { frameStrokes } from '../ink/strokes';
import { drawingAt, moments } from '../ink/timeline';
import { useAlphabet } from '../reading/alphabetChoice';

const MOST_MOMENTS = 40;

export interface Moment {
  /** How many of the drawing's points had been drawn. */
  readonly points: number;
  readonly prediction: Prediction;
}

/** How the answer formed while the drawing grew, by one batch request. */
export function useTimeline(strokes: Strokes, enabled: boolean) {
  const { alphabet } = useAlphabet();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ['timeline', alphabet, strokes],
    queryFn: ({ signal }) => askTimeline(strokes, alphabet, signal),
    enabled: enabled && strokes.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  return {
    moments: isPlaceholderData ? undefined : data,
    failed: error !== null && !isFetching,
    again: () => void refetch(),
  };
}

async function askTimeline(strokes: Strokes, alphabet: AlphabetName, signal: AbortSignal): Promise<Moment[]> {
  const counts = moments(strokes, MOST_MOMENTS);
  const images = counts.map((count) => frameStrokes(drawingAt(strokes, count)));
  const predictions = await predictBatch(images, signal, alphabet);
  return predictions.map((prediction, i) => ({ points: counts[i], prediction }));
}
