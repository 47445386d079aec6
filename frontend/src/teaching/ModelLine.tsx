import { useVersions } from './useVersions';
import { versionRowsOf } from './versionWords';

/** The models that learnt from lessons, and the one that they come from; nothing where there are none. */
export function ModelLine() {
  const rows = versionRowsOf(useVersions());
  if (rows.length === 0) return null;
  return (
    <table className="figures model-line">
      <caption>What it has learnt from lessons</caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">Other lessons, before → after</th>
          <th scope="col">All else</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ version, served, origin, lessons, others }) => (
          <tr key={version}>
            <th scope="row">
              {version}
              <small>
                {origin}
                {served && <b>, answers now</b>}
              </small>
            </th>
            <td>{lessons}</td>
            <td>{others}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
