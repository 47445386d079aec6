import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure, type FailureKind } from '../api/failures';
import { predictionOf } from '../testing/answers';
import { createFileQueue } from './fileQueue';

vi.mock('../api/client');
const predictPicture = vi.mocked(api.predictPicture);
const checkHealth = vi.mocked(api.checkHealth);

function fileOf(name: string, type = 'image/png'): File {
  return new File([new Uint8Array(10)], name, { type });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the queue of files', () => {
  const files = (count: number) => Array.from({ length: count }, (_, i) => fileOf(`${String(i)}.png`));
  const states = (queue: ReturnType<typeof createFileQueue>) => queue.get().files.map(({ outcome }) => outcome.state);
  const failure = (kind: FailureKind, retryAfter?: number) => new ApiFailure(kind, '', undefined, retryAfter);

  beforeEach(() => {
    vi.resetAllMocks();
    predictPicture.mockResolvedValue(predictionOf(4));
  });

  it('reads every file, two at a time', async () => {
    let running = 0;
    let most = 0;
    predictPicture.mockImplementation(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      return predictionOf(4);
    });
    const queue = createFileQueue();
    queue.add(files(7));
    await vi.waitFor(() => {
      expect(states(queue)).toEqual(Array(7).fill('read'));
    });
    expect(most).toBe(2);
  });

  it('goes on past a file that fails', async () => {
    predictPicture.mockRejectedValueOnce(failure('rejected'));
    const queue = createFileQueue();
    queue.add([...files(2), fileOf('notes.pdf', 'application/pdf'), ...files(1)]);
    await vi.waitFor(() => {
      expect(states(queue)).toEqual(['failed', 'read', 'failed', 'read']);
    });
  });

  it('reads no more once it is cancelled, and the rest once it is resumed', async () => {
    predictPicture.mockImplementation(() => new Promise(() => undefined));
    const queue = createFileQueue();
    queue.add(files(4));
    await vi.waitFor(() => {
      expect(predictPicture).toHaveBeenCalledTimes(2);
    });
    queue.cancel();
    expect(states(queue)).toEqual(Array(4).fill('stopped'));
    expect(predictPicture.mock.calls.every(([, { signal }]) => signal?.aborted)).toBe(true);
    predictPicture.mockResolvedValue(predictionOf(1));
    queue.resume();
    await vi.waitFor(() => {
      expect(states(queue)).toEqual(Array(4).fill('read'));
    });
  });

  it('waits while the server is away or busy, and loses nothing', async () => {
    vi.useFakeTimers();
    checkHealth.mockRejectedValueOnce(failure('offline')).mockResolvedValue(true);
    predictPicture.mockRejectedValueOnce(failure('offline')).mockRejectedValueOnce(failure('busy', 3));
    const queue = createFileQueue();
    queue.add(files(3));
    await vi.advanceTimersByTimeAsync(500);
    expect(queue.get().isHeldUp).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(queue.get().isHeldUp).toBe(false);
    expect(states(queue)).toEqual(['read', 'read', 'read']);
  });

  it('gives up on a file that the server never bears', async () => {
    vi.useFakeTimers();
    checkHealth.mockResolvedValue(true);
    predictPicture.mockRejectedValue(failure('offline'));
    const queue = createFileQueue();
    queue.add(files(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states(queue)).toEqual(['failed']);
  });
});
