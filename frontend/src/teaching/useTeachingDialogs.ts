import { useCallback, useState } from 'react';
import type { AlphabetName } from '../api/types';

/** Which of teaching's dialogs is open; a challenge that is closed goes on where it was. */
export function useTeachingDialogs() {
  const [shown, setShown] = useState<'challenge' | 'kept' | 'token'>();
  const [challenge, setChallenge] = useState<AlphabetName>();
  return {
    challenge,
    isChallenging: shown === 'challenge',
    isKeptOpen: shown === 'kept',
    isTokenOpen: shown === 'token',
    openChallenge: useCallback((alphabet: AlphabetName) => {
      setChallenge(alphabet);
      setShown('challenge');
    }, []),
    openKept: useCallback(() => {
      setShown('kept');
    }, []),
    openToken: useCallback(() => {
      setShown('token');
    }, []),
    close: useCallback(() => {
      setShown(undefined);
    }, []),
  };
}

export type TeachingDialogsState = ReturnType<typeof useTeachingDialogs>;
