import { ONE, useAlphabet } from '../reading/alphabetChoice';
import type { FigureTable } from './modelWords';

const COLUMNS = [
  ['right', 'Answered right'],
  ['refused', 'Refused'],
  ['count', 'Of'],
] as const;

/** How often the model is right: a table for each way to look at it. */
export function Figures({ tables }: { tables: readonly FigureTable[] }) {
  const { alphabet } = useAlphabet();
  if (tables.length === 0) return null;
  return (
    <>
      {tables.map((table) => (
        <Table key={table.title} table={table} />
      ))}
      <p className="quiet">
        A {ONE[alphabet]} that is refused counts as wrong; the small figures are 95% intervals. The strangers
        {alphabet === 'digits' && ' and the eight writers'} were never trained on, but the model was chosen with their{' '}
        {alphabet} in view, so expect a little less of other hands.
        {alphabet === 'digits' && ' The scanned forms had no part in that.'}
      </p>
    </>
  );
}

function Table({ table: { title, rows } }: { table: FigureTable }) {
  const columns = COLUMNS.filter(([field]) => rows.some((row) => row[field] !== undefined));
  return (
    <table className="figures">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">What</span>
          </th>
          {columns.map(([field, words]) => (
            <th key={field} scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            {columns.map(([field]) => (
              <td key={field}>
                {row[field] ?? '–'}
                {field === 'right' && row.interval && <small>{row.interval}</small>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
