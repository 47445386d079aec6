import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import type { Pixels } from '../ink/framing';
import { propose } from '../ink/numbers';
import { frameStrokes } from '../ink/strokes';
import { drawingAt, moments } from '../ink/timeline';
import { useAlphabet } from '../reading/alphabetChoice';
import { readDrawing } from '../reading/drawnNumber';
import { judge } from '../reading/judging';
import { predictBatch } from '../reading/reader';
import type { Read } from '../reading/reading';

const MOST_MOMENTS = 40;

export interface Moment {
  /** How many of the drawing's points had been drawn. */
  readonly points: number;
  readonly read: Read;
}

/** How the answer formed while the drawing grew. */
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
  const drawings = counts.map((count) => drawingAt(strokes, count));
  if (alphabet !== 'digits') {
    const predictions = await predictBatch(drawings.map((drawing) => frameStrokes(drawing)), signal, alphabet);
    return predictions.map((read, i) => ({ points: counts[i], read }));
  }
  const judgeAll = (images: readonly Pixels[]) => judge(images, signal);
  // All at once, so that each moment finds its own already judged.
  await judgeAll(drawings.flatMap((drawing) => propose(drawing).candidates.map(({ pixels }) => pixels)));
  const reads = await Promise.all(drawings.map((drawing) => readDrawing(drawing, judgeAll)));
  return reads.map((read, i) => ({ points: counts[i], read }));
}
