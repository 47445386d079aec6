import { lazy } from 'react';
import type { TeachingState } from './useTeaching';
import type { TeachingDialogsState } from './useTeachingDialogs';
import { Late } from '../ui/Late';

const ConsentDialog = lazy(() => import('./ConsentDialog'));
const TokenDialog = lazy(() => import('./TokenDialog'));
const KeptDialog = lazy(() => import('./KeptDialog'));
const ChallengeDialog = lazy(() => import('./ChallengeDialog'));

interface Props {
  readonly teaching: TeachingState;
  readonly dialogs: TeachingDialogsState;
  readonly penWidth: number;
}

/** What teaching opens over the page, each loaded when it is first wanted. */
export function TeachingDialogs({ teaching, dialogs, penWidth }: Props) {
  const { challenge, isChallenging, isKeptOpen, isTokenOpen } = dialogs;
  return (
    <Late>
      {challenge && (
        <ChallengeDialog
          key={challenge}
          open={isChallenging}
          alphabet={challenge}
          penWidth={penWidth}
          teaching={teaching}
          onClose={dialogs.close}
        />
      )}
      {isKeptOpen && <KeptDialog teaching={teaching} onClose={dialogs.close} />}
      {isTokenOpen && <TokenDialog teaching={teaching} onClose={dialogs.close} />}
      {teaching.isAsking && <ConsentDialog teaching={teaching} />}
    </Late>
  );
}
