import type { CSSProperties } from 'react';
import { kindOf, percent } from '../ui/format';

const MOST_IN_A_COLUMN = 12;

interface Props {
  readonly labels: readonly string[];
  /** One a label; missing while nothing is read. */
  readonly probabilities?: readonly number[];
  readonly top?: string;
}

/** The probability of each label: bars for the eye, a table for a screen reader. */
export function Bars({ labels, probabilities, top }: Props) {
  const kind = kindOf(labels);
  return (
    <table className={labels.length > MOST_IN_A_COLUMN ? 'bars many' : 'bars'}>
      <caption className="hidden">Probability of each {kind}</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">{kind}</th>
          <th scope="col">Probability</th>
        </tr>
      </thead>
      <tbody>
        {labels.map((label, i) => {
          const share = probabilities?.[i];
          return (
            <tr key={label} className={label === top ? 'top' : undefined}>
              <th scope="row">{label}</th>
              <td style={{ '--share': share ?? 0 } as CSSProperties} data-testid={`probability-${label}`}>
                <span className="bar" aria-hidden="true" />
                <span className="figure">{share === undefined ? '' : percent(share)}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
