import { act, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure } from '../api/failures';
import type { Stroke } from '../ink/strokes';
import { answerOf, predictionOf } from '../testing/answers';
import { explanationOf } from '../testing/explanations';
import { renderHookOnPage } from '../testing/render';
import { useDrawing } from './useDrawing';
import { useExplanation } from './useExplanation';
import { useHistory } from './useHistory';
import { usePen } from './usePen';
import { type Question, useReading } from './useReading';
import { useServer } from './useServer';
import { verbOf } from './useShortcuts';

vi.mock('../api/client');
const predict = vi.mocked(api.predict);
const checkHealth = vi.mocked(api.checkHealth);

const stroke: Stroke = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore
const offline = new ApiFailure('offline', '');

function question(level: number): Question {
  return { kind: 'pixels', pixels: new Uint8Array(784).fill(level) };
}

beforeEach(() => {
  vi.resetAllMocks();
});

describe('a reading', () => {
  const renderReading = (first: Question | null) =>
    renderHookOnPage((asked: Question | null) => useReading(asked, false).reading, first);

  it('of nothing asks nothing', () => {
    const { result } = renderReading(null);
    expect(result.current.state).toBe('unasked');
    expect(predict).not.toHaveBeenCalled();
  });

  it('shows the newest answer, even when an older one comes later', async () => {
    let answerFirst: (prediction: ReturnType<typeof predictionOf>) => void = () => undefined;
    predict.mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve)));
    predict.mockResolvedValueOnce(predictionOf(2));
    const { result, rerender } = renderReading(question(1));
    await waitFor(() => {
      expect(predict).toHaveBeenCalledTimes(1);
    });
    rerender(question(2));
    await waitFor(() => {
      expect(result.current).toMatchObject({ state: 'answered', answer: { digit: 2 } });
    });
    expect(predict.mock.calls[0][1]?.aborted).toBe(true);
    await act(async () => {
      answerFirst(predictionOf(1));
      await Promise.resolve();
    });
    expect(result.current).toMatchObject({ state: 'answered', answer: { digit: 2 } });
  });

  it('keeps the answer before in sight while it waits', async () => {
    predict.mockResolvedValueOnce(predictionOf(4));
    predict.mockImplementationOnce(() => new Promise(() => undefined));
    const { result, rerender } = renderReading(question(1));
    await waitFor(() => {
      expect(result.current.state).toBe('answered');
    });
    rerender(question(2));
    await waitFor(() => {
      expect(result.current).toMatchObject({ state: 'waiting', previous: { digit: 4 } });
    });
  });

  it('is refused where there is no digit', async () => {
    predict.mockResolvedValue(predictionOf(null));
    const { result } = renderReading(question(1));
    await waitFor(() => {
      expect(result.current.state).toBe('refused');
    });
  });

  it('fails as malformed where the page itself breaks on an answer', async () => {
    predict.mockRejectedValue(new TypeError('oops'));
    const { result } = renderReading(question(1));
    await waitFor(() => {
      expect(result.current).toMatchObject({ state: 'failed', failure: { kind: 'malformed' } });
    });
  });
});

describe('an explanation', () => {
  const levels = (level: number) => new Uint8Array(784).fill(level);

  it('is asked for once the drawing stands still, and what is out of date is cancelled', async () => {
    const explain = vi.mocked(api.explain);
    explain.mockImplementationOnce(() => new Promise(() => undefined));
    explain.mockResolvedValue(explanationOf(4, 9));
    const { result, rerender } = renderHookOnPage(useExplanation, levels(1));
    await waitFor(() => {
      expect(explain).toHaveBeenCalledTimes(1);
    });
    for (const level of [2, 3, 4]) rerender(levels(level));
    expect(result.current.isStale).toBe(true);
    await waitFor(() => {
      expect(result.current).toMatchObject({ isStale: false, explanation: { guess: 4 } });
    });
    expect(explain.mock.calls.map(([pixels]) => pixels[0])).toEqual([1, 4]);
    expect(explain.mock.calls[0][1]?.aborted).toBe(true);
  });
});

describe('the server', () => {
  it('is watched, and asked again for what failed without it once it is back', async () => {
    let isUp = false;
    checkHealth.mockImplementation(() => (isUp ? Promise.resolve(true) : Promise.reject(offline)));
    predict.mockImplementation(() => (isUp ? Promise.resolve(predictionOf(5)) : Promise.reject(offline)));
    const { result } = renderHookOnPage(
      () => ({ server: useServer(), reading: useReading(question(3), false).reading }),
      undefined,
    );
    expect(result.current.server).toBe('checking');
    await waitFor(() => {
      expect(result.current).toMatchObject({ server: 'offline', reading: { state: 'failed' } });
    });
    isUp = true;
    await waitFor(
      () => {
        expect(result.current).toMatchObject({ server: 'ready', reading: { state: 'answered' } });
      },
      { timeout: 4000 },
    );
  });
});

describe('the drawing', () => {
  it('survives a reload, and so does its name', () => {
    const first = renderHook(useDrawing);
    act(() => {
      first.result.current.draw(stroke);
    });
    const { id } = first.result.current;
    first.unmount();
    const { result } = renderHook(useDrawing);
    expect(result.current).toMatchObject({ id, strokes: [stroke], canUndo: false });
  });

  it('starts empty where something else was stored', () => {
    localStorage.setItem('digits.drawing', '{"strokes": "many"}');
    expect(renderHook(useDrawing).result.current.isEmpty).toBe(true);
  });

  it('becomes another one when it is cleared, not when it goes on', () => {
    const { result } = renderHook(useDrawing);
    act(() => {
      result.current.draw(stroke);
    });
    const { id } = result.current;
    act(() => {
      result.current.draw(stroke);
    });
    expect(result.current.id).toBe(id);
    act(() => {
      result.current.clear();
    });
    expect(result.current.id).not.toBe(id);
  });
});

describe('the history', () => {
  it('keeps one entry a drawing, newest first, at most 24, through a reload', () => {
    const { result } = renderHook(useHistory);
    act(() => {
      for (let i = 0; i < 30; i++) result.current.record(String(i), [stroke], answerOf(i % 10));
      result.current.record('29', [stroke, stroke], answerOf(4));
    });
    expect(result.current.entries).toHaveLength(24);
    expect(result.current.entries[0]).toMatchObject({ id: '29', digit: 4, strokes: [stroke, stroke] });
    act(() => {
      result.current.remove('29');
    });
    expect(renderHook(useHistory).result.current.entries[0].id).toBe('28');
    act(() => {
      result.current.removeAll();
    });
    expect(result.current.entries).toEqual([]);
  });
});

describe('the pen', () => {
  function Sheet({ onUp }: { onUp: (stroke: Stroke) => void }) {
    const { onPointerDown } = usePen({ onDown: () => undefined, onMove: () => undefined, onUp });
    return <div data-testid="sheet" onPointerDown={onPointerDown} />;
  }

  const pointer = (type: string, pointerId: number, x: number, y: number, isPrimary = true) =>
    new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId, isPrimary });

  function setUp() {
    const strokes: Stroke[] = [];
    render(<Sheet onUp={(drawn) => strokes.push([...drawn])} />);
    const sheet = screen.getByTestId('sheet');
    sheet.getBoundingClientRect = () => ({ left: 100, top: 0, width: 200, height: 200 }) as DOMRect;
    return { sheet, strokes };
  }

  it('draws in units of the sheet, on beyond its edge', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 200, 100));
    fireEvent(window, pointer('pointermove', 1, 400, 100));
    fireEvent(window, pointer('pointerup', 1, 400, 100));
    expect(strokes).toEqual([[[0.5, 0.5], [1.5, 0.5]]]); // prettier-ignore
  });

  it('makes a dot of a tap', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 150, 50));
    fireEvent(window, pointer('pointerup', 1, 150, 50));
    expect(strokes).toEqual([[[0.25, 0.25]]]);
  });

  it('heeds one pointer at a time', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(sheet, pointer('pointerdown', 2, 300, 200, false));
    fireEvent(window, pointer('pointermove', 2, 120, 20, false));
    fireEvent(window, pointer('pointerup', 2, 120, 20, false));
    expect(strokes).toEqual([]);
    fireEvent(window, pointer('pointerup', 1, 100, 0));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  it('lets a pen take over from the palm that landed before it', () => {
    const { sheet, strokes } = setUp();
    const of = (pointerType: string, pointerId: number, type: string) =>
      new PointerEvent(type, { bubbles: true, clientX: 100, isPrimary: true, pointerId, pointerType });
    fireEvent(sheet, of('touch', 1, 'pointerdown'));
    fireEvent(sheet, of('pen', 2, 'pointerdown'));
    fireEvent(window, of('touch', 1, 'pointerup'));
    expect(strokes).toEqual([]);
    fireEvent(sheet, of('touch', 3, 'pointerdown'));
    fireEvent(window, of('pen', 2, 'pointerup'));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  it('ends the stroke when the browser takes the pointer away', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 0));
    fireEvent(window, pointer('pointercancel', 1, 0, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 200));
    expect(strokes).toEqual([[[0, 0], [1, 0]]]); // prettier-ignore
  });
});

describe('a shortcut', () => {
  const key = (name: string, modifiers: KeyboardEventInit = {}) =>
    verbOf(new KeyboardEvent('keydown', { key: name, ...modifiers }));

  it.each(['ctrlKey', 'metaKey'])('with %s undoes and redoes', (modifier) => {
    expect(key('z', { [modifier]: true })).toBe('undo');
    expect(key('Z', { [modifier]: true, shiftKey: true })).toBe('redo');
    expect(key('y', { [modifier]: true })).toBe('redo');
  });

  it('is no letter by itself, so that speech input can’t press it by mistake', () => {
    expect('abcdefghijklmnopqrstuvwxyz0123456789'.split('').map((letter) => key(letter))).toEqual(
      Array(36).fill(undefined),
    );
    expect([key('Delete'), key('Enter')]).toEqual(['clear', 'predict']);
  });
});
