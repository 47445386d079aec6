import { act, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure } from '../api/failures';
import { predictionOf } from '../testing/answers';
import { renderHookOnPage } from '../testing/render';
import { pixelsQuestion, type Question, useReading } from './useReading';
import { useServer } from './useServer';

vi.mock('../api/client');
const predict = vi.mocked(api.predict);
const checkHealth = vi.mocked(api.checkHealth);

const offline = new ApiFailure('offline', '');

function question(level: number): Question {
  return pixelsQuestion(new Uint8Array(784).fill(level));
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

  it('that was asked ahead is not asked again, and its failure is told', async () => {
    predict.mockRejectedValue(offline);
    const useBoth = (asked: Question | null) => useReading(asked, false);
    const { result, rerender } = renderHookOnPage(useBoth, null as Question | null);
    const next = question(1);
    act(() => {
      result.current.askAhead(next);
      expect(predict).toHaveBeenCalledTimes(1); // at once
    });
    rerender(next);
    await waitFor(() => {
      expect(result.current.reading.state).toBe('failed');
    });
    expect(predict).toHaveBeenCalledTimes(1);
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
