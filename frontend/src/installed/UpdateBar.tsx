import Button from '@mui/material/Button';
import { useSyncExternalStore } from 'react';
import { Notice } from '../ui/Notice';
import { currentUpdate, takeUpdate, watchUpdate } from './registration';

const WORDS = {
  waiting: 'A newer version is there. Your drawing stays.',
  'taken elsewhere': 'Another window has taken a newer version. Your drawing stays.',
};

/** Offers a newer page where there is one. */
export function UpdateBar() {
  const update = useSyncExternalStore(watchUpdate, currentUpdate);
  if (update === 'none') return null;
  return (
    <Notice words={WORDS[update]}>
      <Button size="small" variant="contained" onClick={takeUpdate}>
        {update === 'waiting' ? 'Update' : 'Reload'}
      </Button>
    </Notice>
  );
}
