import { labelsOf } from '../api/answers';
import type { Prediction } from '../api/types';
import { useAlphabet } from './alphabetChoice';
import { useModel } from './useModel';

/** What the probabilities are of: as the answer has it, or before there is one, the model that will answer. */
export function useLabels(answer?: Prediction): readonly string[] {
  const { alphabet } = useAlphabet();
  const { data } = useModel();
  return answer?.labels ?? data?.labels ?? labelsOf(alphabet);
}
