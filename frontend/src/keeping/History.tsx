import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import { memo, type ReactNode } from 'react';
import { textOf } from '../reading/reading';
import { kindOf, percent } from '../ui/format';
import { Icon } from '../ui/Icon';
import { SmallButton } from '../ui/SmallButton';
import { StrokePicture } from '../ui/StrokePicture';
import { download } from './download';
import { writeHistoryTable } from './historyTable';
import type { Entry } from './historyStore';

interface Props {
  readonly entries: readonly Entry[];
  /** Whether the browser has kept them. */
  readonly isStored: boolean;
  readonly onOpen: (entry: Entry) => void;
  readonly onRemove: (id: string) => void;
  readonly onRemoveAll: () => void;
  readonly children: ReactNode;
}

/** The last drawings and their answers. */
export function History({ entries, isStored, onOpen, onRemove, onRemoveAll, children }: Props) {
  const downloadTable = () => {
    download('digits.csv', new Blob([writeHistoryTable(entries)], { type: 'text/csv' }));
  };
  return (
    <section className="panel history" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">Earlier drawings</h2>
        {entries.length > 0 && (
          <div className="panel-actions">
            <SmallButton label="Download CSV" onClick={downloadTable} />
            <SmallButton label="Delete all" onClick={onRemoveAll} />
          </div>
        )}
      </header>
      <p className="history-problem" role="status">
        {!isStored &&
          entries.length > 0 &&
          'This browser has no room for them: the newest are gone once the page is closed. Download them, or delete some.'}
      </p>
      {entries.length === 0 ? (
        <p className="quiet">What you draw is kept here, on this device only.</p>
      ) : (
        <ul className="cards">
          {entries.map((entry) => (
            <Card key={entry.id} entry={entry} onOpen={onOpen} onRemove={onRemove} />
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}

/** One of them; rendered anew only when it changes, since most don't when one is drawn on. */
const Card = memo(function Card({ entry, onOpen, onRemove }: Pick<Props, 'onOpen' | 'onRemove'> & { entry: Entry }) {
  const text = textOf(entry);
  return (
    <li className="card">
      <ButtonBase
        className="card-open"
        aria-label={`Open the drawing ${readAs(entry)}`}
        onClick={() => {
          onOpen(entry);
        }}
      >
        <StrokePicture strokes={entry.strokes} />
        <span className="card-character">{text || '?'}</span>
        <span className="card-figure">{text === '' ? '' : percent(entry.confidence)}</span>
      </ButtonBase>
      <IconButton
        size="small"
        className="card-remove"
        aria-label={`Delete the drawing ${readAs(entry)}`}
        onClick={() => {
          onRemove(entry.id);
        }}
      >
        <Icon name="close" />
      </IconButton>
    </li>
  );
});

function readAs(entry: Entry): string {
  const time = new Date(entry.when).toLocaleTimeString();
  const text = textOf(entry);
  return text === '' ? `not read as a ${kindOf(entry.labels)}, ${time}` : `read as ${text}, ${time}`;
}
