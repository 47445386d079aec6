import { type ChangeEvent, memo, useCallback, useRef, useState } from 'react';
import type { Strokes } from '../ink/drawing';
import type { Answer } from '../reading/reading';
import { ShareButton } from '../sharing/ShareButton';
import { SmallButton } from '../ui/SmallButton';
import { download } from './download';
import { readDocument, writeDocument } from './drawingFile';
import { pictureOf } from './drawingPicture';

interface Props {
  readonly strokes: Strokes;
  readonly penWidth: number;
  readonly answer?: Answer;
  readonly onOpen: (strokes: Strokes) => void;
  /** Where several people can draw together. */
  readonly onTogether?: () => void;
}

/** The drawing as a file, and back. */
export const SaveBar = memo(function SaveBar({ strokes, penWidth, answer, onOpen, onTogether }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const isEmpty = strokes.length === 0;

  const open = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.item(0);
    if (!file) return;
    try {
      onOpen(readDocument(await file.text()));
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'This file can’t be opened.');
    }
    target.value = '';
  };
  const makePicture = useCallback(() => pictureOf(strokes, penWidth), [strokes, penWidth]);
  const savePicture = async () => {
    download('digit.png', await makePicture());
  };
  const saveDocument = () => {
    download('digit.json', new Blob([writeDocument(strokes, answer)], { type: 'application/json' }));
  };

  return (
    <section className="save-bar" aria-label="Save and open">
      <span>This drawing:</span>
      <SmallButton label="PNG" icon="save" disabled={isEmpty} onClick={() => void savePicture()} />
      <SmallButton label="JSON" icon="save" disabled={isEmpty} onClick={saveDocument} />
      <SmallButton label="Open a drawing" icon="open" onClick={() => files.current?.click()} />
      <ShareButton strokes={strokes} makePicture={makePicture} />
      {onTogether && <SmallButton label="Draw together" icon="together" onClick={onTogether} />}
      <input
        ref={files}
        className="hidden"
        type="file"
        accept=".json,application/json"
        data-testid="drawing-file"
        aria-label="Drawing file"
        tabIndex={-1}
        onChange={(event) => void open(event)}
      />
      <p className="save-problem" role="status">
        {problem}
      </p>
    </section>
  );
});
