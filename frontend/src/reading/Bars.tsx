import type { CSSProperties } from 'react';
import { percent } from '../ui/format';

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

interface Props {
  readonly probabilities?: readonly number[];
  readonly top?: number;
}

/** The ten probabilities: bars for the eye, a table for a screen reader. */
export function Bars({ probabilities, top }: Props) {
  return (
    <table className="bars">
      <caption className="hidden">Probability of each digit</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">Digit</th>
          <th scope="col">Probability</th>
        </tr>
      </thead>
      <tbody>
        {DIGITS.map((digit) => {
          const share = probabilities?.[digit];
          return (
            <tr key={digit} className={digit === top ? 'top' : undefined}>
              <th scope="row">{digit}</th>
              <td style={{ '--share': share ?? 0 } as CSSProperties} data-testid={`probability-${String(digit)}`}>
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
