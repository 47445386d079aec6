import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure, type FailureKind } from '../api/failures';
import { pictureTextOf, predictionOf } from '../testing/answers';
import { createFileQueue } from './fileQueue';

vi.mock('../api/client');
const predictPicture = vi.mocked(api.predictPicture);
const readPicture = vi.mocked(api.readPicture);
const checkHealth = vi.mocked(api.checkHealth);

function fileOf(name: string, type = 'image/png'): File {
  return new File([new Uint8Array(10)], name, { type });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the queue of files', () => {
  const files = (count: number) => Array.from({ length: count }, (_, i) => fileOf(`${String(i)}.png`));
  const states = (queue: ReturnType<typeof createFileQueue>) => queue.files().map(({ outcome }) => outcome.state);
  const failure = (kind: FailureKind, retryAfter?: number) => new ApiFailure(kind, '', undefined, retryAfter);

  beforeEach(() => {
    vi.resetAllMocks();
    predictPicture.mockResolvedValue(predictionOf(4));
    readPicture.mockResolvedValue(pictureTextOf('4'));
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

  it('uploads a file once, for its answer and for the stages that are looked at later', async () => {
    const stages = [{ name: 'ink', image: 'data:image/png;base64,iVBORw0K' }];
    predictPicture.mockResolvedValue({ ...predictionOf(4), stages, pixels: [1, 2, 3] });
    const queue = createFileQueue();
    queue.add(files(1));
    await vi.waitFor(() => {
      expect(states(queue)).toEqual(['read']);
    });
    const [{ outcome }] = queue.files();
    if (outcome.state !== 'read') throw new Error('it was read a moment ago');
    expect(outcome.prediction).toMatchObject({ character: '4', stages: undefined, pixels: undefined });
    const recalled = await outcome.recall();
    expect(recalled).toMatchObject({ ...predictionOf(4), stages, pixels: [1, 2, 3] });
    expect(recalled.milliseconds).toBeGreaterThanOrEqual(0);
    expect(predictPicture.mock.calls.map(([, upload]) => upload.stages)).toEqual([true]);
  });

  it('tells what happens to a file to those who follow it, and to nobody else', async () => {
    const queue = createFileQueue();
    queue.add(files(100));
    const told = queue.summary().ids.map((id) => {
      const listener = vi.fn();
      queue.followFile(id)(listener);
      return listener;
    });
    const followers = vi.fn();
    const stop = queue.follow(followers);
    await vi.waitFor(() => {
      expect(queue.summary()).toMatchObject({ left: 0, recognised: 100 });
    });
    for (const listener of told) expect(listener.mock.calls.length).toBeLessThanOrEqual(3);
    expect(followers.mock.calls.length).toBeLessThanOrEqual(100);
    stop();
    const calls = followers.mock.calls.length;
    queue.empty();
    expect(queue.summary().ids).toEqual([]);
    expect(followers).toHaveBeenCalledTimes(calls);
  });

  it('counts what came of the files', async () => {
    predictPicture
      .mockResolvedValueOnce(predictionOf(null))
      .mockRejectedValueOnce(failure('rejected'))
      .mockRejectedValueOnce(failure('broken'));
    const queue = createFileQueue();
    queue.add(files(5));
    await vi.waitFor(() => {
      expect(queue.summary()).toMatchObject({ left: 0, recognised: 2, unrecognised: 1, unreadable: 1, worthAnotherTry: 1 });
    });
    queue.resume();
    await vi.waitFor(() => {
      expect(queue.summary()).toMatchObject({ left: 0, recognised: 3, worthAnotherTry: 0 });
    });
    expect(predictPicture).toHaveBeenCalledTimes(6);
  });

  it('counts a number apart, and keeps its characters elsewhere', async () => {
    predictPicture.mockResolvedValue(predictionOf(null));
    readPicture.mockResolvedValue(pictureTextOf('42'));
    const queue = createFileQueue();
    queue.add(files(1));
    await vi.waitFor(() => {
      expect(queue.summary()).toMatchObject({ left: 0, numbers: 1, recognised: 0, unrecognised: 0 });
    });
    const [{ outcome }] = queue.files();
    if (outcome.state !== 'read') throw new Error('it was read a moment ago');
    expect(outcome.prediction).toMatchObject({ text: '42', characters: undefined });
    expect((await outcome.recall()).characters?.map(({ label }) => label)).toEqual(['4', '2']);
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
    expect(queue.summary().isHeldUp).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(queue.summary().isHeldUp).toBe(false);
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
