import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useState } from 'react';
import { encode } from 'uqr';
import type { Strokes } from '../ink/drawing';
import { useAlphabet } from '../reading/alphabetChoice';
import { linkTo } from './drawingLink';
import { ShortLinks } from './ShortLinks';
import './sharing.css';

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

  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => { setSaid('Copied.'); },
      () => { setSaid('This browser copies nothing by itself: select the link and copy it.'); },
    );
  };
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
            <div className="share-link">
              <input readOnly value={link} aria-label="Link to the drawing" onFocus={({ target }) => { target.select(); }} />
              <Button variant="outlined" onClick={() => { copy(link); }}>
                Copy
              </Button>
            </div>
            <Code text={link} />
          </>
        )}
        <ShortLinks strokes={strokes} alphabet={alphabet} onCopy={copy} onSaid={setSaid} />
        <p role="status">{said}</p>
      </DialogContent>
      <DialogActions>
        {link !== undefined && 'share' in navigator && <Button onClick={share}>Share…</Button>}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

/** The link as a QR code. */
function Code({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])));
  return (
    <svg className="share-code" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label="QR code of the link" shapeRendering="crispEdges">
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}
