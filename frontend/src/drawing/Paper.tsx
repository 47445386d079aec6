import { Children, type CSSProperties, type ReactNode, useId } from 'react';
import type { Strokes } from '../ink/drawing';
import { CellGrid } from './CellGrid';
import { DrawingCanvas } from './DrawingCanvas';
import type { LiveDrawing } from './liveDrawing';
import type { Tool } from './Toolbar';
import type { DrawingState } from './useDrawing';

interface Props {
  readonly drawing: Pick<DrawingState, 'strokes' | 'isEmpty'>;
  readonly live: LiveDrawing;
  readonly tool: Tool;
  readonly penWidth: number;
  /** What stands on it while it is empty. */
  readonly hint: string;
  /** In heights of the paper. */
  readonly width: number;
  readonly onChange: (strokes: Strokes) => void;
  readonly testId?: string;
  /** What is marked on the drawing. */
  readonly marks?: ReactNode;
  /** A picture that lies on the paper. */
  readonly children?: ReactNode;
}

/** The squared paper: pen, keyboard grid or a picture lies on it. */
export function Paper({ drawing, live, tool, penWidth, hint, width, onChange, testId, marks, children }: Props) {
  const keys = useId();
  return (
    <>
      <div className="paper" style={{ '--width': width } as CSSProperties}>
        {tool === 'grid' ? (
          <>
            <CellGrid strokes={drawing.strokes} describedBy={keys} onChange={onChange} />
            {marks}
          </>
        ) : (
          <DrawingCanvas
            strokes={drawing.strokes}
            penWidth={penWidth}
            erasing={tool === 'eraser'}
            live={live}
            describedBy={keys}
            testId={testId}
            onChange={onChange}
          >
            {marks}
          </DrawingCanvas>
        )}
        {drawing.isEmpty && tool !== 'grid' && Children.toArray(children).length === 0 && (
          <p className="paper-hint" aria-hidden="true">
            {hint}
          </p>
        )}
        {tool !== 'grid' && (
          <p id={keys} className="hidden">
            To draw by keyboard, choose the tool “Keyboard grid”.
          </p>
        )}
        {children}
      </div>
      {tool === 'grid' && (
        <p id={keys} className="cell-keys">
          Arrow keys move, Space fills, Shift + arrow draws.
        </p>
      )}
    </>
  );
}
