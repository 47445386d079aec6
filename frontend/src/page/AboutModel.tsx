import Button from '@mui/material/Button';
import { memo, useDeferredValue } from 'react';
import { useModel } from '../reading/useModel';
import { ModelLine } from '../teaching/ModelLine';
import { Figures } from './Figures';
import { factsOf, figureTablesOf } from './modelWords';

/** The facts of the model, as whoever reads tells them; what it doesn't tell is left out. */
export const AboutModel = memo(function AboutModel() {
  const { data: told, isError, refetch } = useModel();
  const data = useDeferredValue(told, null); // its tables are long, and nobody waits for them
  return (
    <section className="panel about" aria-labelledby="about-title">
      <header>
        <h2 id="about-title">About the model</h2>
      </header>
      {data && (
        <div className="about-parts">
          <dl className="facts">
            {factsOf(data).map(([term, fact]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
          </dl>
          <ModelLine />
          <Figures tables={figureTablesOf(data)} />
        </div>
      )}
      {!data && !isError && <p className="quiet">Asking the server…</p>}
      {!data && isError && (
        <p className="quiet">
          The server doesn’t say at the moment.{' '}
          <Button size="small" onClick={() => void refetch()}>
            Ask again
          </Button>
        </p>
      )}
    </section>
  );
});
