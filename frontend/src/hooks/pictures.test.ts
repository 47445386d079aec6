import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure, type FailureKind } from '../api/failures';
import { predictionOf } from '../testing/answers';
import { createFileQueue } from './fileQueue';
import { preparePicture } from './pictures';

vi.mock('../api/client');
const predictPicture = vi.mocked(api.predictPicture);
const checkHealth = vi.mocked(api.checkHealth);

const MEGABYTE = 2 ** 20;

function fileOf(name: string, type = 'image/png', size = 10): File {
  return new File([new Uint8Array(size)], name, { type });
}

/** What jsdom lacks: files that decode to a picture of this size, and a canvas that encodes. */
function decodeAs(width: number, height: number) {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width, height, close: () => undefined }));
  const context = { drawImage: () => undefined } as unknown as CanvasRenderingContext2D;
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(() => context);
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/webp;base64,AA==');
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (this: HTMLCanvasElement, done, type) {
    done(new Blob([`${String(this.width)}x${String(this.height)}`], { type }));
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a picture to be sent', () => {
  it('is the file itself where it is small', async () => {
    decodeAs(800, 600);
    const file = fileOf('small.jpg', 'image/jpeg');
    expect((await preparePicture(file)).upload).toBe(file);
  });

  it.each([
    ['too long', 6000, 3000, 10, '1600x800'],
    ['too high', 1000, 4000, 10, '400x1600'],
    ['too heavy', 1200, 900, 3 * MEGABYTE, '1200x900'],
  ])('is a smaller copy where the file is %s', async (_, width, height, size, copy) => {
    decodeAs(width, height);
    const { upload } = await preparePicture(fileOf('huge.jpg', 'image/jpeg', size));
    expect(upload.type).toBe('image/jpeg');
    expect(await textOf(upload)).toBe(copy);
  });

  it('is a copy in a format that the server takes, where only the browser can decode it', async () => {
    decodeAs(100, 100);
    expect((await preparePicture(fileOf('phone.heic', 'image/heic'))).upload.type).toBe('image/jpeg');
    expect((await preparePicture(fileOf('drawn.avif', 'image/avif'))).upload.type).toBe('image/png');
  });

  it('is the file itself where it can’t be decoded but may be a picture', async () => {
    const file = fileOf('odd.bmp', 'image/bmp');
    expect((await preparePicture(file)).upload).toBe(file);
  });

  it('fails without being sent where it is no picture or can only be too large', async () => {
    await expect(preparePicture(fileOf('notes.pdf', 'application/pdf'))).rejects.toMatchObject({ kind: 'wrong type' });
    await expect(preparePicture(fileOf('raw.bmp', 'image/bmp', 9 * MEGABYTE))).rejects.toMatchObject({
      kind: 'too large',
    });
  });
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

function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result as string); };
    reader.readAsText(blob);
  });
}
