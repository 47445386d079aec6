import IconButton from '@mui/material/IconButton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { memo } from 'react';
import { Icon, type IconName } from '../ui/Icon';
import type { DrawingState } from './useDrawing';
import type { Sheet } from './useSheet';

export const TOOLS = ['pen', 'eraser', 'grid'] as const;
export type Tool = (typeof TOOLS)[number];

export const PEN_WIDTHS = [0.022, 0.04, 0.064] as const; // of the box, on the screen only
const WIDTH_NAMES = ['Fine', 'Medium', 'Broad'];
const TOOL_NAMES: Record<Tool, string> = {
  pen: 'Pen',
  eraser: 'Eraser',
  grid: 'Keyboard grid',
};

interface Props {
  readonly drawing: DrawingState;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly penWidth: number;
  readonly onPenWidth: (width: number) => void;
  readonly sheet: Sheet;
}

export function Toolbar({ drawing, tool, onTool, penWidth, onPenWidth, sheet }: Props) {
  return (
    <div className="toolbar" role="group" aria-label="Drawing tools">
      <Tools tool={tool} onTool={onTool} />
      <Widths penWidth={penWidth} onPenWidth={onPenWidth} />
      <div className="toolbar-end">
        <SheetSwitch isWide={sheet.isWide} canChange={sheet.canChange} setWide={sheet.setWide} />
        <Action name="undo" label="Undo" keys="Ctrl+Z" onClick={drawing.undo} disabled={!drawing.canUndo} />
        <Action name="redo" label="Redo" keys="Ctrl+Y" onClick={drawing.redo} disabled={!drawing.canRedo} />
        <Action name="clear" label="Clear" keys="Delete" onClick={drawing.clear} disabled={drawing.isEmpty} />
      </div>
    </div>
  );
}

// These, and what follows, are rendered anew only when they change: the page waits with an answer until it is rendered.
const Tools = memo(function Tools({ tool, onTool }: Pick<Props, 'tool' | 'onTool'>) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={tool}
      aria-label="Tool"
      onChange={(_, picked: Tool | null) => {
        if (picked) onTool(picked);
      }}
    >
      {TOOLS.map((name) => (
        <ToggleButton key={name} value={name} aria-label={TOOL_NAMES[name]} title={TOOL_NAMES[name]}>
          <Icon name={name} />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
});

/** All of them, or where the screen has no room for that one button that goes from each to the next: see phone.css. */
const Widths = memo(function Widths({ penWidth, onPenWidth }: Pick<Props, 'penWidth' | 'onPenWidth'>) {
  const chosen = PEN_WIDTHS.findIndex((width) => width === penWidth);
  const next = (chosen + 1) % PEN_WIDTHS.length;
  return (
    <>
      <ToggleButton
        className="width-step"
        size="small"
        value="width"
        aria-label={`${WIDTH_NAMES[chosen]} pen, change to ${WIDTH_NAMES[next].toLowerCase()}`}
        onChange={() => {
          onPenWidth(PEN_WIDTHS[next]);
        }}
      >
        <span className={`nib nib-${String(chosen)}`} />
      </ToggleButton>
      <ToggleButtonGroup
        className="widths"
        exclusive
        size="small"
        value={penWidth}
        aria-label="Pen width on the screen"
        onChange={(_, picked: number | null) => {
          if (picked) onPenWidth(picked);
        }}
      >
        {PEN_WIDTHS.map((width, i) => (
          <ToggleButton
            key={width}
            value={width}
            aria-label={`${WIDTH_NAMES[i]} pen`}
            title={`${WIDTH_NAMES[i]} pen: what you see, not what the model sees`}
          >
            <span className={`nib nib-${String(i)}`} />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </>
  );
});

const SheetSwitch = memo(function SheetSwitch({ isWide, canChange, setWide }: Omit<Sheet, 'width'>) {
  return (
    <ToggleButton
      className="sheet-switch"
      size="small"
      value="wide"
      selected={isWide}
      disabled={!canChange}
      aria-label="Wide sheet, for numbers"
      title="Wide sheet, for numbers"
      onChange={() => {
        setWide(!isWide);
      }}
    >
      <Icon name="wide" />
    </ToggleButton>
  );
});

interface ActionProps {
  readonly name: IconName;
  readonly label: string;
  readonly keys: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

const Action = memo(function Action({ name, label, keys, disabled, onClick }: ActionProps) {
  return (
    <IconButton
      data-testid={name}
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={name} />
    </IconButton>
  );
});
