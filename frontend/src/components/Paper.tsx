import Button from '@mui/material/Button';
import { type DragEvent, useState } from 'react';
import type { LiveDrawing } from '../hooks/liveDrawing';
import type { DrawingState } from '../hooks/useDrawing';
import type { Picture } from '../hooks/useRecognition';
import { CellGrid } from './CellGrid';
import { DrawingCanvas } from './DrawingCanvas';
import type { Tool } from './Toolbar';

interface Props {
  readonly drawing: DrawingState;
  readonly live: LiveDrawing;
  readonly tool: Tool;
  readonly penWidth: number;
  readonly picture: Picture | null;
  readonly onPicture: (file: File) => void;
  readonly onDismiss: () => void;
}

/** The squared paper: pen, keyboard grid or a picture lies on it. */
export function Paper({ drawing, live, tool, penWidth, picture, onPicture, onDismiss }: Props) {
  const [hovered, setHovered] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setHovered(false);
    const file = event.dataTransfer.files.item(0);
    if (file) onPicture(file);
  };

  return (
    <>
      <div
        className={hovered ? 'paper hovered' : 'paper'}
        onDragOver={(event) => {
          event.preventDefault();
          setHovered(true);
        }}
        onDragLeave={() => {
          setHovered(false);
        }}
        onDrop={onDrop}
      >
        {tool === 'grid' ? (
          <CellGrid strokes={drawing.strokes} onChange={drawing.replace} />
        ) : (
          <DrawingCanvas
            strokes={drawing.strokes}
            penWidth={penWidth}
            erasing={tool === 'eraser'}
            live={live}
            onChange={drawing.replace}
          />
        )}
        {drawing.isEmpty && tool !== 'grid' && !picture && (
          <p className="paper-hint" aria-hidden="true">
            Write a digit here
          </p>
        )}
        <p id="keyboard-way" className="hidden">
          To draw by keyboard, choose the tool “Keyboard grid”.
        </p>
        {picture && (
          <div className="paper-picture">
            <img src={picture.url} alt={`File ${picture.file.name}`} />
            <Button variant="outlined" size="small" onClick={onDismiss}>
              Back to the drawing
            </Button>
          </div>
        )}
      </div>
      {tool === 'grid' && (
        <p id="cell-keys" className="cell-keys">
          Arrow keys move, Space fills, Shift + arrow draws.
        </p>
      )}
    </>
  );
}
