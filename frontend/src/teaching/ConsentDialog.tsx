import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { TeachingState } from './useTeaching';

/** Asks once, in plain words, before anything is kept. Closed without an answer it leaves the question open. */
export default function ConsentDialog({ teaching }: { teaching: TeachingState }) {
  return (
    <Dialog open onClose={teaching.dismiss} aria-labelledby="consent-title" maxWidth="xs" fullWidth>
      <DialogTitle id="consent-title">May your corrections be kept?</DialogTitle>
      <DialogContent className="consent">
        <p>To learn from a correction, the server has to keep it. That is:</p>
        <ul>
          <li>the drawing, or the 28 by 28 pixels of a picture,</li>
          <li>what was read, and what you meant,</li>
          <li>which version of the model read it, and when.</li>
        </ul>
        <p>
          No name and no account: a secret number in this browser says which ones are yours. Other visitors can’t see
          them. Whoever runs this server can, and the model is trained with them.
        </p>
        <p>
          You can see what is kept and delete any or all of it under “Your hand”, for as long as this browser keeps its
          data. What a model has learnt by then, it doesn’t forget by that.
        </p>
      </DialogContent>
      <DialogActions>
        <Button onClick={teaching.refuse}>No, keep nothing</Button>
        <Button variant="contained" onClick={teaching.agree}>
          Yes, keep them
        </Button>
      </DialogActions>
    </Dialog>
  );
}
