import Button from '@mui/material/Button';
import { encode } from 'uqr';
import { copy } from './copy';
import './sharing.css';

interface Props {
  readonly link: string;
  readonly label: string;
  readonly onSaid: (words: string) => void;
}

/** A link to be copied, or scanned from another screen. */
export function LinkField({ link, label, onSaid }: Props) {
  return (
    <>
      <div className="share-link">
        <input readOnly value={link} aria-label={label} onFocus={({ target }) => { target.select(); }} />
        <Button variant="outlined" onClick={() => { copy(link, onSaid); }}>
          Copy
        </Button>
      </div>
      <Code text={link} />
    </>
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
