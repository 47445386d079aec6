interface Props {
  readonly labels: readonly string[];
  /** Rows are what was asked for, columns what was read; the last column is nothing. */
  readonly confusion: readonly (readonly number[])[];
  readonly kind: 'digit' | 'letter';
}

/** The confusion matrix: what was drawn in rows, what was read in columns. */
export function Confusion({ labels, confusion, kind }: Props) {
  const columns = [...labels, 'none'];
  const hasNone = confusion.some((row) => row[labels.length] > 0);
  const shown = hasNone ? columns : labels;
  return (
    // It may be wider than a phone, and is scrolled by keys, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="confusion" tabIndex={0} role="region" aria-label="Confusion matrix">
      <table>
        <caption className="hidden">How often each {kind} that was drawn (rows) was read as what (columns)</caption>
        <thead>
          <tr>
            <td />
            {shown.map((label) => (
              <th key={label} scope="col">
                {label === 'none' ? '–' : label}
                {label === 'none' && <span className="hidden">nothing</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((asked, row) => (
            <tr key={asked}>
              <th scope="row">{asked}</th>
              {shown.map((read, column) => {
                const count = confusion[row][column];
                return (
                  <td key={read} className={count === 0 ? undefined : read === asked ? 'right' : 'wrong'}>
                    {count > 0 ? count : ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">Rows are what you drew, columns what was read{hasNone ? '; – is nothing' : ''}.</p>
    </div>
  );
}
