import Button from '@mui/material/Button';
import { memo } from 'react';
import type { ModelFacts } from '../api/answers';
import { useModel } from '../reading/useModel';

/** The facts of the model, as the server tells them; what it doesn't tell is left out. */
export const AboutModel = memo(function AboutModel() {
  const { data, isError, refetch } = useModel();
  return (
    <section className="panel about" aria-labelledby="about-title">
      <header>
        <h2 id="about-title">About the model</h2>
      </header>
      {data && (
        <dl className="facts">
          {factsOf(data).map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
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

export function factsOf(facts: ModelFacts): [term: string, fact: string][] {
  const { figures, refusal } = facts;
  const rows: [term: string, fact: string | undefined][] = [
    ['Right on MNIST’s test images', share(figures.mnist_test?.accuracy)],
    ['Right on pen drawings', share((figures.pen_test ?? figures.pen_validation)?.accuracy)],
    ['Digits refused by mistake', share(refusal.digits_refused.mnist_test)],
    ['Scribbles refused', share(refusal.negatives_refused.scribbles)],
    ['Learnt from', facts.data.join(', ') || undefined],
    ['Parameters', facts.parameters?.toLocaleString('en')],
    ['Size', facts.size_bytes === undefined ? undefined : `${(facts.size_bytes / 1e6).toFixed(1)} MB`],
    ['Trained on', date(facts.created)],
    ['Version', facts.version],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

function share(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${(value * 100).toFixed(2)}%`;
}

function date(value: string | undefined): string | undefined {
  const time = value ? new Date(value) : undefined;
  if (!time || Number.isNaN(time.getTime())) return value;
  return time.toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
}
