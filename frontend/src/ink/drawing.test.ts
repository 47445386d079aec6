import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../testing/arbitraries';
import { change, newDrawing, redo, undo } from './drawing';
import { SAMPLES } from './samples';
import { readStrokes } from './strokeData';

function times<T>(count: number, step: (value: T) => T, value: T): T {
  return count === 0 ? value : times(count - 1, step, step(value));
}

describe('a drawing', () => {
  const one = [[[0, 0]]] as const;
  const two = [...one, [[1, 1]]] as const;

  it('goes back and forth through its changes', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.drawing, { maxLength: 8 }), fc.nat({ max: 8 }), (changes, steps) => {
        const first = newDrawing('a');
        const last = changes.reduce((drawing, strokes) => change(drawing, strokes), first);
        const back = times(steps, undo, last);
        expect(back.strokes).toBe([first.strokes, ...changes].at(-1 - steps) ?? first.strokes);
        expect(times(steps, redo, back).strokes).toBe(last.strokes);
      }),
    );
  });

  it('forgets what was undone once something else is drawn', () => {
    const drawing = change(undo(change(change(newDrawing('a'), one), two)), two);
    expect(redo(drawing)).toBe(drawing);
  });

  it('is another drawing after it was cleared, and the same again after undo', () => {
    const cleared = change(change(newDrawing('a'), one), [], 'b');
    expect(cleared.id).toBe('b');
    expect(undo(cleared).id).toBe('a');
  });

  it('does not note a change that changes nothing', () => {
    const drawing = change(newDrawing('a'), one);
    expect(change(drawing, drawing.strokes)).toBe(drawing);
    expect(undo(newDrawing('a')).past).toEqual([]);
  });
});

describe('stored strokes', () => {
  it('are never believed blindly', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const strokes = readStrokes(value);
        expect(strokes === undefined || strokes.every((stroke) => stroke.length > 0)).toBe(true);
      }),
    );
  });
});

describe('the samples', () => {
  it('show every digit, and each lies on the paper', () => {
    expect(new Set(SAMPLES.map(({ character }) => character)).size).toBe(10);
    for (const [x, y] of SAMPLES.flatMap(({ strokes }) => strokes.flat())) {
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(Math.max(x, y)).toBeLessThan(1);
    }
  });
});
