import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { LinkField } from '../sharing/LinkField';
import { LONGEST_NAME } from './messages';
import type { Together } from './useTogether';
import './together.css';

/** Starts a room, and gives the link to it. */
export default function TogetherDialog({ together }: { readonly together: Together }) {
  const { room, link, name, rename, start, leave, close, trouble } = together;
  const [said, setSaid] = useState('');
  return (
    <Dialog open onClose={close} aria-labelledby="together-title" maxWidth="sm" fullWidth>
      <DialogTitle id="together-title">Draw together</DialogTitle>
      <DialogContent>
        <p>
          {link === undefined
            ? 'Start a room with this drawing. Whoever has its link draws in it, and all see it at once.'
            : 'Whoever opens this link draws along. The server forgets the room a minute after the last one has left: share or save the drawing to keep it.'}
        </p>
        {link !== undefined && <LinkField link={link} label="Link to the room" onSaid={setSaid} />}
        <label className="own-name">
          Your name, which the others see
          <input value={name} maxLength={LONGEST_NAME} onChange={({ target }) => { rename(target.value); }} />
        </label>
        <p role="status">{trouble || said}</p>
      </DialogContent>
      <DialogActions>
        {room ? <Button onClick={leave}>Leave the room</Button> : <Button variant="contained" onClick={start}>Start a room</Button>}
        <Button onClick={close}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
