import type { CSSProperties, ReactNode } from 'react';
import type { Strokes } from '../ink/drawing';
import { CellGrid } from './CellGrid';
import { DrawingCanvas } from './DrawingCanvas';
import type { LiveDrawing } from './liveDrawing';
import type { Tool } from './Toolbar';
import type { DrawingState } from './useDrawing';

interface Props {
  readonly drawing: DrawingState;
  readonly live: LiveDrawing;
  readonly tool: Tool;
  readonly penWidth: number;
  /** What is to be written on it, such as "digit". */
  readonly one: string;
  /** In heights of the paper. */
  readonly width: number;
  readonly onChange: (strokes: Strokes) => void;
  /** What is marked on the drawing. */
  readonly marks: ReactNode;
  /** A picture that lies on the paper. */
  readonly children: ReactNode;
}

/** The squared paper: pen, keyboard grid or a picture lies on it. */
export function Paper({ drawing, live, tool, penWidth, one, width, onChange, marks, children }: Props) {
  return (
    <>
      <div className="paper" style={{ '--width': width } as CSSProperties}>
        {tool === 'grid' ? (
          <>
            <CellGrid strokes={drawing.strokes} onChange={onChange} />
            {marks}
          </>
        ) : (
          <DrawingCanvas
            strokes={drawing.strokes}
            penWidth={penWidth}
            erasing={tool === 'eraser'}
            live={live}
            onChange={onChange}
          >
            {marks}
          </DrawingCanvas>
        )}
        {drawing.isEmpty && tool !== 'grid' && !children && (
          <p className="paper-hint" aria-hidden="true">
            Write a {width > 1 ? 'number' : one} here
          </p>
        )}
        <p id="keyboard-way" className="hidden">
          To draw by keyboard, choose the tool “Keyboard grid”.
        </p>
        {children}
      </div>
      {tool === 'grid' && (
        <p id="cell-keys" className="cell-keys">
          Arrow keys move, Space fills, Shift + arrow draws.
        </p>
      )}
    </>
  );
}
