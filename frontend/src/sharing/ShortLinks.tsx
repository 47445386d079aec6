import Button from '@mui/material/Button';
import type { AlphabetName } from '../api/types';
import type { Strokes } from '../ink/drawing';
import { useShortLinks } from './useShortLinks';

interface Props {
  readonly strokes: Strokes;
  readonly alphabet: AlphabetName;
  readonly onCopy: (link: string) => void;
  readonly onSaid: (words: string) => void;
}

/** A short link for the drawing, where the server keeps drawings, and those that were made before. */
export function ShortLinks({ strokes, alphabet, onCopy, onSaid }: Props) {
  const { days, own, link, make, remove } = useShortLinks(strokes, alphabet, onSaid);
  if (days === 0 && own.length === 0) return null;
  return (
    <section className="short-links" aria-label="Short links">
      {days > 0 && link === undefined && (
        <>
          <p className="quiet">
            For a short link this server keeps the drawing, for {days} {days === 1 ? 'day' : 'days'}. Whoever has the link
            sees it; you can delete it here.
          </p>
          <Button variant="outlined" onClick={make}>
            Make a short link
          </Button>
        </>
      )}
      {link !== undefined && (
        <div className="share-link">
          <input readOnly value={link} aria-label="Short link to the drawing" onFocus={({ target }) => { target.select(); }} />
          <Button variant="outlined" onClick={() => { onCopy(link); }}>
            Copy
          </Button>
        </div>
      )}
      {own.length > 0 && (
        <ul aria-label="Short links that you made">
          {own.map((shared) => (
            <li key={shared.id}>
              <a href={shared.link}>…{shared.id.slice(-6)}</a>
              <span className="quiet">
                until {new Date(shared.ends).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}
              </span>
              <Button size="small" aria-label={`Delete …${shared.id.slice(-6)}`} onClick={() => { remove(shared); }}>
                Delete
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
