import Button from '@mui/material/Button';
import { memo } from 'react';
import { answerOf, textOf } from '../reading/reading';
import { wordsFor } from '../reading/readingWords';
import { useReading } from '../reading/useReading';
import { Icon } from '../ui/Icon';
import type { FileQueue, QueuedFile } from './fileQueue';
import { wordsForOutcome } from './outcomeWords';
import { pictureQuestion, type ShowPicture } from './pictureQuestion';
import { StageImage, stepsOf } from './StageImage';
import { useQueuedFile } from './useFileQueue';

interface Props {
  readonly queue: FileQueue;
  readonly id: string;
  readonly isOpen: boolean;
  readonly onToggle: (id: string | undefined) => void;
  readonly onShow: ShowPicture;
}

/** One picture of several; opened, it shows its stages. */
export const FileRow = memo(function FileRow({ queue, id, isOpen, onToggle, onShow }: Props) {
  const queued = useQueuedFile(queue, id);
  if (!queued) return null;
  const { file, thumbnail, outcome } = queued;
  const text = outcome.state === 'read' ? textOf(outcome.prediction) : undefined;
  return (
    <>
      <div className={isOpen ? 'file-cells file-row open' : 'file-cells file-row'} role="row">
        <div role="rowheader">
          <button
            type="button"
            className="file-open"
            aria-expanded={isOpen}
            onClick={() => {
              onToggle(isOpen ? undefined : id);
            }}
          >
            {thumbnail ? <img src={thumbnail} alt="" /> : <Icon name="picture" />}
            <span>{file.name}</span>
          </button>
        </div>
        <div role="cell" className={['file-character', kindOf(text)].join(' ')}>
          {text === '' ? '?' : text}
        </div>
        <div role="cell" className={`file-outcome ${outcome.state}`}>
          {wordsForOutcome(outcome)}
        </div>
      </div>
      {isOpen && <Details queued={queued} onShow={onShow} />}
    </>
  );
});

function kindOf(text: string | undefined): string {
  if (text === '') return 'none';
  return text !== undefined && text.length > 1 ? 'long-text' : '';
}

function Details({ queued, onShow }: { queued: QueuedFile; onShow: ShowPicture }) {
  const { file, outcome } = queued;
  const recall = outcome.state === 'read' ? outcome.recall : undefined;
  const isLeft = outcome.state === 'waiting' || outcome.state === 'reading';
  return (
    <div role="row">
      <div role="cell" aria-colspan={3} className="file-details">
        {recall ? <Stages queued={queued} recall={recall} /> : <p className="file-wait">{wordsForOutcome(outcome)}</p>}
        <Button
          size="small"
          variant="outlined"
          disabled={isLeft}
          onClick={() => {
            onShow(file, recall);
          }}
        >
          Show it on the paper
        </Button>
      </div>
    </div>
  );
}

type Recall = Extract<QueuedFile['outcome'], { state: 'read' }>['recall'];

function Stages({ queued: { id, file, thumbnail }, recall }: { queued: QueuedFile; recall: Recall }) {
  const { reading } = useReading(pictureQuestion({ id, file, recall }), false);
  const stages = answerOf(reading)?.stages;
  if (!stages) return <p className="file-wait">{wordsFor(reading, 'ready').title}</p>;
  return (
    <ul className="file-stages">
      {stepsOf(thumbnail, `File ${file.name}`, stages).map((step) => (
        <li key={step.caption}>
          <figure>
            <StageImage step={step} />
            <figcaption>{step.caption}</figcaption>
          </figure>
        </li>
      ))}
    </ul>
  );
}
