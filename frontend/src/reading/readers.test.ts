import { describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '../api/failures';
import type { Reader } from '../api/reader';
import { predictionOf } from '../testing/answers';
import { createReaders } from './readers';

const IMAGE = new Uint8Array(784);
const offline = () => Promise.reject(new ApiFailure('offline', ''));
const never = () => new Promise<never>(() => undefined);

/** Readers where the server says 1 and the device 2. */
function readersOf({ onlyHere = false, canRead = true } = {}) {
  const server = { predict: vi.fn<Reader['predict']>().mockResolvedValue(predictionOf(1)), predictBatch: vi.fn(), getModel: vi.fn() };
  const device = {
    predict: vi.fn<Reader['predict']>().mockResolvedValue(predictionOf(2)),
    predictBatch: vi.fn(),
    getModel: vi.fn(),
    prepare: vi.fn().mockResolvedValue(undefined),
  };
  const start = vi.fn(() => (canRead ? Promise.resolve(device) : Promise.reject(new Error('no worker'))));
  const readers = createReaders(() => server, start, () => onlyHere);
  return { readers, server, device, start, digit: async () => (await readers.predict(IMAGE)).digit };
}

describe('who reads', () => {
  it('is the server as long as it answers, and the device isn’t even started', async () => {
    const { digit, start } = readersOf();
    expect(await digit()).toBe(1);
    expect(start).not.toHaveBeenCalled();
  });

  it('is the device where the server is gone, until it is seen again', async () => {
    const { digit, server, readers } = readersOf();
    server.predict.mockImplementation(offline);
    expect(await digit()).toBe(2);
    expect(await digit()).toBe(2);
    expect(server.predict).toHaveBeenCalledTimes(1);
    expect(readers.deviceState()).toBe('ready');
    server.predict.mockResolvedValue(predictionOf(1));
    readers.serverSeen(true);
    expect(await digit()).toBe(1);
  });

  it('is asked at once where it is the device that is ready', async () => {
    const { digit, device } = readersOf({ onlyHere: true });
    await digit();
    void digit();
    expect(device.predict).toHaveBeenCalledTimes(2);
  });

  it('is the device within a second where the server says nothing at all', async () => {
    vi.useFakeTimers();
    const { digit, server } = readersOf();
    server.predict.mockImplementation(never);
    const answer = vi.fn();
    void digit().then(answer);
    await vi.advanceTimersByTimeAsync(1000);
    expect(answer).toHaveBeenCalledWith(2);
    vi.useRealTimers();
  });

  it('is the server again once a late answer of it came', async () => {
    vi.useFakeTimers();
    const { digit, server } = readersOf();
    server.predict.mockImplementationOnce(() => new Promise((resolve) => { setTimeout(() => { resolve(predictionOf(1)); }, 3000); }));
    const first = digit();
    await vi.advanceTimersByTimeAsync(4000);
    expect(await first).toBe(2);
    expect(await digit()).toBe(1);
    vi.useRealTimers();
  });

  it('is nobody but the device where nothing shall be sent', async () => {
    const { digit, server } = readersOf({ onlyHere: true });
    expect(await digit()).toBe(2);
    expect(server.predict).not.toHaveBeenCalled();
  });

  it('is the server still where it refuses, or is busy', async () => {
    const { digit, server, start } = readersOf();
    server.predict.mockRejectedValueOnce(new ApiFailure('busy', ''));
    await expect(digit()).rejects.toMatchObject({ kind: 'busy' });
    expect(start).not.toHaveBeenCalled();
  });

  it('is nobody where the device can’t, and then the server’s failure is told', async () => {
    const { digit, server, readers } = readersOf({ canRead: false });
    server.predict.mockImplementation(offline);
    await expect(digit()).rejects.toMatchObject({ kind: 'offline' });
    await expect(digit()).rejects.toMatchObject({ kind: 'offline' });
    expect(readers.deviceState()).toBe('unable');
    server.predict.mockResolvedValue(predictionOf(1));
    expect(await digit()).toBe(1);
  });

  it('is made ready as soon as the server is found gone, before anything is asked', async () => {
    const { readers, device } = readersOf();
    readers.serverSeen(false);
    await vi.waitFor(() => { expect(readers.deviceState()).toBe('ready'); });
    expect(device.prepare).toHaveBeenCalledWith('digits');
  });
});
