import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { memo, useMemo, useState, useSyncExternalStore } from 'react';
import type { Strokes } from '../ink/drawing';
import { plainResize } from '../ink/plainResize';
import { frameStrokes } from '../ink/strokes';
import { PixelGrid } from '../ui/PixelGrid';
import type { LiveDrawing } from './liveDrawing';

interface Props {
  readonly strokes: Strokes;
  readonly live: LiveDrawing;
  readonly penWidth: number;
  /** What the model saw of a picture; undefined for a drawing. */
  readonly picturePixels?: readonly number[];
  /** Whether another view can be chosen already, which comes after the pixels. */
  readonly hasViews: boolean;
}

type View = 'framed' | 'raw';

/** The very pixels that are sent, or what a plain resize would have sent, following the pen. */
export function InputPreview({ strokes, live, penWidth, picturePixels, hasViews }: Props) {
  const [chosen, setView] = useState<View>('framed');
  const view = picturePixels ? 'framed' : chosen;
  const shown = useSyncExternalStore(live.subscribe, live.get) ?? strokes;
  const pixels = useMemo(
    () => picturePixels ?? (view === 'framed' ? frameStrokes(shown) : plainResize(shown, penWidth)),
    [picturePixels, view, shown, penWidth],
  );

  return (
    <figure className="preview">
      <PixelGrid
        pixels={pixels}
        label={view === 'framed' ? 'The 28 by 28 pixels that the model sees' : 'A plain resize to 28 by 28'}
        testId="input-preview"
      />
      <figcaption>
        {hasViews && <Views view={view} onView={setView} hasRaw={picturePixels === undefined} />}
      </figcaption>
    </figure>
  );
}

interface ViewsProps {
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly hasRaw: boolean;
}

/** Not rendered anew while the pixels follow the pen. */
const Views = memo(function Views({ view, onView, hasRaw }: ViewsProps) {
  return (
    <ToggleButtonGroup
      exclusive
      fullWidth
      size="small"
      value={view}
      aria-label="What the model sees"
      onChange={(_, picked: View | null) => {
        if (picked) onView(picked);
      }}
    >
      <ToggleButton value="framed">Framed</ToggleButton>
      <ToggleButton value="raw" disabled={!hasRaw}>
        Raw
      </ToggleButton>
    </ToggleButtonGroup>
  );
});
