import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import { useAlphabet } from '../reading/alphabetChoice';
import { copy } from './copy';
import { linkTo } from './drawingLink';
import { LinkField } from './LinkField';
import { ShortLinks } from './ShortLinks';

interface Props {
  readonly strokes: Strokes;
  readonly makePicture: () => Promise<Blob>;
  readonly onClose: () => void;
}

const TOO_LONG = 'This drawing has too many strokes for a link. Save it as a JSON file instead.';

/** A link to the drawing, to copy, to scan from another screen, or to hand to the system's own sharing. */
export default function ShareDialog({ strokes, makePicture, onClose }: Props) {
  const { alphabet } = useAlphabet();
  const [said, setSaid] = useState('');
  const [link] = useState(() => linkTo(strokes, window.location.href));
  const [picture, setPicture] = useState<File>();

  useEffect(() => {
    // Made beforehand: a browser shares only right after a click.
    makePicture().then(
      (blob) => { setPicture(new File([blob], 'digit.png', { type: 'image/png' })); },
      () => undefined, // the link alone is shared
    );
  }, [makePicture]);

  const share = () => {
    const withPicture = { url: link, files: picture ? [picture] : [] };
    const content = picture && navigator.canShare(withPicture) ? withPicture : { url: link };
    navigator.share(content).catch((error: unknown) => {
      // Who closes the system's sheet wants nothing said.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setSaid('The system didn’t share it.');
    });
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby="share-title" maxWidth="sm" fullWidth>
      <DialogTitle id="share-title">Share this drawing</DialogTitle>
      <DialogContent>
        {link === undefined ? (
          <p>{TOO_LONG}</p>
        ) : (
          <>
            <p>The link holds the drawing itself. Whoever opens it sees it drawn and read; no server gets it.</p>
            <LinkField link={link} label="Link to the drawing" onSaid={setSaid} />
          </>
        )}
        <ShortLinks strokes={strokes} alphabet={alphabet} onCopy={(text) => { copy(text, setSaid); }} onSaid={setSaid} />
        <p role="status">{said}</p>
      </DialogContent>
      <DialogActions>
        {link !== undefined && 'share' in navigator && <Button onClick={share}>Share…</Button>}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
