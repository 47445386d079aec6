import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { memo } from 'react';
import { answerOf } from '../reading/reading';
import { wordsFor } from '../reading/readingWords';
import { useReading } from '../reading/useReading';
import { Icon } from '../ui/Icon';
import type { QueuedFile } from './fileQueue';
import { wordsForOutcome } from './outcomeWords';
import { pictureQuestion } from './pictureQuestion';
import { StageImage, stepsOf } from './StageImage';

interface Props {
  readonly queued: QueuedFile;
  readonly isOpen: boolean;
  readonly onToggle: (id: string | undefined) => void;
  readonly onShow: (file: File) => void;
}

/** One picture of several; opened, it shows its stages. */
export const FileRow = memo(function FileRow({ queued, isOpen, onToggle, onShow }: Props) {
  const { id, file, thumbnail, outcome } = queued;
  const prediction = outcome.state === 'read' ? outcome.prediction : undefined;
  return (
    <>
      <tr className={isOpen ? 'file-row open' : 'file-row'}>
        <th scope="row">
          <ButtonBase
            className="file-open"
            aria-expanded={isOpen}
            onClick={() => {
              onToggle(isOpen ? undefined : id);
            }}
          >
            {thumbnail ? <img src={thumbnail} alt="" /> : <Icon name="picture" />}
            <span>{file.name}</span>
          </ButtonBase>
        </th>
        <td className={prediction?.character === null ? 'file-character none' : 'file-character'}>
          {prediction && (prediction.character ?? '?')}
        </td>
        <td className={`file-outcome ${outcome.state}`}>{wordsForOutcome(outcome)}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={3}>
            <Stages queued={queued} />
            <Button
              size="small"
              variant="outlined"
              onClick={() => {
                onShow(file);
              }}
            >
              Show it on the paper
            </Button>
          </td>
        </tr>
      )}
    </>
  );
});

function Stages({ queued: { id, file, thumbnail } }: { queued: QueuedFile }) {
  const { reading } = useReading(pictureQuestion(file, id), false);
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
