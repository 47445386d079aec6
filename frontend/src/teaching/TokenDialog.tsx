import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type SyntheticEvent, useState } from 'react';
import type { TeachingState } from './useTeaching';

interface Props {
  readonly teaching: TeachingState;
  readonly onClose: () => void;
}

/** The token that this server wants of whoever teaches; kept in this browser. */
export default function TokenDialog({ teaching, onClose }: Props) {
  const [token, setToken] = useState(teaching.token ?? '');
  const use = (event: SyntheticEvent) => {
    event.preventDefault();
    teaching.setToken(token);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="token-title" maxWidth="xs" fullWidth>
      <form onSubmit={use}>
        <DialogTitle id="token-title">The token for teaching</DialogTitle>
        <DialogContent className="token">
          <p>Whoever runs this server gives it to those who may teach. It stays in this browser.</p>
          <label className="field">
            Token
            <input
              type="password"
              autoComplete="off"
              // The dialog was opened to type here.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={token}
              onChange={({ target }) => {
                setToken(target.value);
              }}
            />
          </label>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained">
            {token.trim() === '' && teaching.token !== undefined ? 'Forget it' : 'Use it'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
