import { sheetWidth, type Strokes, WIDE_SHEET } from '../ink/drawing';
import { oneOf, useStored } from '../ui/useStored';
import type { Tool } from './Toolbar';

/** How wide the paper is, in heights: square for a digit, wide for a number. */
export function useSheet(strokes: Strokes, tool: Tool) {
  const [isWide, setWide] = useStored('digits.wideSheet', false, oneOf(true, false));
  // What was drawn on a wide sheet shows on one, too.
  const reachesOut = sheetWidth(strokes) > 1;
  const isGrid = tool === 'grid'; // its cells are those of a single digit
  return {
    width: !isGrid && (isWide || reachesOut) ? WIDE_SHEET : 1,
    isWide: isWide || reachesOut,
    canChange: !isGrid && !reachesOut,
    setWide,
  };
}

export type Sheet = ReturnType<typeof useSheet>;
