import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { download } from '../keeping/download';
import { isLeft, isWorthAnotherTry, type Outcome, type QueuedFile } from './fileQueue';
import { FileRow } from './FileRow';
import './files.css';
import { wordsForOutcome } from './outcomeWords';
import { writePictureTable } from './pictureTable';
import { useLabels } from '../reading/useLabels';
import { kindOf } from '../ui/format';
import type { useFileQueue } from './useFileQueue';

interface Props {
  readonly queue: ReturnType<typeof useFileQueue>;
  /** Show a picture large, on the paper. */
  readonly onShow: (file: File) => void;
}

/** Several pictures and what was read in each, as the answers come. */
export default function FileTable({ queue, onShow }: Props) {
  const { files, isHeldUp } = queue;
  const [opened, setOpened] = useState<string>();
  const top = useRef<HTMLElement>(null);
  const outcomes = files.map(({ outcome }) => outcome);
  const left = outcomes.filter(isLeft).length;
  const total = files.length;
  const kind = kindOf(useLabels());

  useEffect(() => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start' });
  }, [total]);

  const downloadTable = () => {
    download('pictures.csv', new Blob([writePictureTable(files.map(rowOf))], { type: 'text/csv' }));
  };

  return (
    <section ref={top} className="panel files" aria-labelledby="files-title" tabIndex={-1}>
      <header>
        <h2 id="files-title">{left > 0 ? `${String(total - left)} of ${String(total)}` : total} pictures</h2>
        <div className="panel-actions">
          {left > 0 && <Action label="Stop" onClick={queue.cancel} />}
          {left === 0 && outcomes.some(isWorthAnotherTry) && <Action label="Read the rest" onClick={queue.resume} />}
          <Action label="Download CSV" onClick={downloadTable} />
          <Action label="Close" onClick={queue.empty} />
        </div>
      </header>
      <div className="files-progress">
        {left > 0 && <progress value={total - left} max={total} aria-label="Pictures done" />}
        <p className="quiet" role="status">
          {isHeldUp && left > 0 && 'The server is away. It goes on once the server is back.'}
          {left === 0 && summaryOf(outcomes, kind)}
        </p>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Picture</th>
            <th scope="col" className="file-kind">
              {kind}
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {files.map((queued) => (
            <FileRow
              key={queued.id}
              queued={queued}
              isOpen={queued.id === opened}
              onToggle={setOpened}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" onClick={onClick}>
      {label}
    </Button>
  );
}

function summaryOf(outcomes: readonly Outcome[], kind: string): string {
  const read = outcomes.flatMap((outcome) => (outcome.state === 'read' ? [outcome.prediction] : []));
  const recognised = read.filter(({ character }) => character !== null).length;
  const parts = [
    [recognised, `with a ${kind}`],
    [read.length - recognised, 'without one'],
    [outcomes.length - read.length, 'not read'],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? [`${String(count)} ${what}`] : [])).join(', ') + '.';
}

function rowOf({ file, outcome }: QueuedFile) {
  const prediction = outcome.state === 'read' ? outcome.prediction : undefined;
  const isRead = prediction !== undefined && prediction.character !== null;
  return { name: file.name, prediction, reason: isRead ? '' : wordsForOutcome(outcome) };
}
