import Button from '@mui/material/Button';
import { memo, useEffect, useRef, useState } from 'react';
import { download } from '../keeping/download';
import { textOf } from '../reading/reading';
import { useLabels } from '../reading/useLabels';
import { kindOf } from '../ui/format';
import { useGrowing } from '../ui/useGrowing';
import type { FileQueue, QueuedFile, QueueSummary } from './fileQueue';
import { FileRow } from './FileRow';
import './files.css';
import { wordsForOutcome } from './outcomeWords';
import type { ShowPicture } from './pictureQuestion';
import { writePictureTable } from './pictureTable';
import { useQueueSummary } from './useFileQueue';

interface Props {
  readonly queue: FileQueue;
  /** Show a picture large, on the paper. */
  readonly onShow: ShowPicture;
}

/** Several pictures and what was read in each, as the answers come. */
export default function FileTable({ queue, onShow }: Props) {
  const summary = useQueueSummary(queue);
  const { ids, left, worthAnotherTry, isHeldUp } = summary;
  const top = useRef<HTMLElement>(null);
  const total = ids.length;
  const kind = kindOf(useLabels());

  useEffect(() => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start' });
  }, [total]);

  const downloadTable = () => {
    download('pictures.csv', new Blob([writePictureTable(queue.files().map(rowOf))], { type: 'text/csv' }));
  };

  return (
    <section ref={top} className="panel files" aria-labelledby="files-title" tabIndex={-1}>
      <header>
        <h2 id="files-title">{left > 0 ? `${String(total - left)} of ${String(total)}` : total} pictures</h2>
        <div className="panel-actions">
          {left > 0 && <Action label="Stop" onClick={queue.cancel} />}
          {left === 0 && worthAnotherTry > 0 && <Action label="Read the rest" onClick={queue.resume} />}
          <Action label="Download CSV" onClick={downloadTable} />
          <Action label="Close" onClick={queue.empty} />
        </div>
      </header>
      <div className="files-progress">
        {left > 0 && <progress value={total - left} max={total} aria-label="Pictures done" />}
        <p className="quiet" role="status">
          {isHeldUp && left > 0 && 'The server is away. It goes on once the server is back.'}
          {left === 0 && wordsForSummary(summary, kind)}
        </p>
      </div>
      <div className="file-table" role="table" aria-labelledby="files-title" aria-rowcount={total + 1}>
        <div role="rowgroup">
          <div className="file-cells file-head" role="row">
            <span role="columnheader">Picture</span>
            <span role="columnheader" className="file-kind">
              {kind}
            </span>
            <span role="columnheader">Outcome</span>
          </div>
        </div>
        <FileRows queue={queue} ids={ids} onShow={onShow} />
      </div>
    </section>
  );
}

/** Rendered anew when files come, not when one of them is read. */
const FileRows = memo(function FileRows({ queue, ids, onShow }: Props & { readonly ids: readonly string[] }) {
  const [opened, setOpened] = useState<string>();
  const shown = useGrowing(ids.length);
  return (
    <div role="rowgroup">
      {ids.slice(0, shown).map((id) => (
        <FileRow key={id} id={id} queue={queue} isOpen={id === opened} onToggle={setOpened} onShow={onShow} />
      ))}
    </div>
  );
});

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" onClick={onClick}>
      {label}
    </Button>
  );
}

function wordsForSummary(summary: QueueSummary, kind: string): string {
  const { recognised, numbers, unrecognised, worthAnotherTry, unreadable } = summary;
  const parts = [
    [recognised, `with a ${kind}`],
    [numbers, 'with a number'],
    [unrecognised, 'without one'],
    [worthAnotherTry + unreadable, 'not read'],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? [`${String(count)} ${what}`] : [])).join(', ') + '.';
}

function rowOf({ file, outcome }: QueuedFile) {
  const prediction = outcome.state === 'read' ? outcome.prediction : undefined;
  const isRead = prediction !== undefined && textOf(prediction) !== '';
  return { name: file.name, prediction, reason: isRead ? '' : wordsForOutcome(outcome) };
}
