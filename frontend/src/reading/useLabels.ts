import { DIGITS } from '../api/answers';
import type { Prediction } from '../api/types';
import { useModel } from './useModel';

/** What the probabilities are of: as the answer has it, or before there is one, the model that will answer. */
export function useLabels(answer?: Prediction): readonly string[] {
  const { data } = useModel();
  return answer?.labels ?? data?.labels ?? DIGITS;
}
