import Button from '@mui/material/Button';
import { lazy, memo, type Ref } from 'react';
import { ONE, useAlphabet } from '../reading/alphabetChoice';
import { Late } from '../ui/Late';

const Explanation = lazy(() => import('./Explanation'));

interface Props {
  readonly ref: Ref<HTMLElement>;
  /** The framed image to explain, 784 levels; undefined while there is none. */
  readonly pixels?: ArrayLike<number>;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Why it is read so, and what goes on inside; asked for only while someone looks. */
export const Why = memo(function Why({ ref, pixels, open, onToggle }: Props) {
  const { alphabet } = useAlphabet();
  return (
    <section ref={ref} className="panel why" aria-labelledby="why-title" tabIndex={-1}>
      <header>
        <h2 id="why-title">Why this answer</h2>
        <div className="panel-actions">
          <Button size="small" disabled={!open && !pixels} onClick={onToggle}>
            {open ? 'Hide it' : 'Show the evidence'}
          </Button>
        </div>
      </header>
      {!open && <p className="quiet">See which ink speaks for the answer, and what each layer of the network makes of it.</p>}
      {open && !pixels && <p className="quiet">Draw a {ONE[alphabet]} to see what speaks for it.</p>}
      {open && pixels && (
        <Late fallback={<p className="quiet why-wait">Weighing the evidence…</p>}>
          <Explanation pixels={pixels} />
        </Late>
      )}
    </section>
  );
});
