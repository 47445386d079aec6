import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import { ApiFailure } from '../api/failures';
import { pictureTextOf, predictionOf } from '../testing/answers';
import { askPicture } from './askPicture';

vi.mock('../api/client');
const predictPicture = vi.mocked(api.predictPicture);
const readPicture = vi.mocked(api.readPicture);

const picture = { upload: new Blob(['?']), size: { width: 200, height: 100 } };

beforeEach(() => {
  vi.resetAllMocks();
  predictPicture.mockResolvedValue(predictionOf(4));
  readPicture.mockResolvedValue(pictureTextOf('42'));
});

describe('a picture that is asked about', () => {
  it('is answered as a number where it holds one', async () => {
    expect(await askPicture(picture, {})).toMatchObject({ text: '42', pictureWidth: 2 });
  });

  it('of one digit is answered as it always was', async () => {
    readPicture.mockResolvedValue(pictureTextOf('4'));
    expect(await askPicture(picture, {})).toEqual(predictionOf(4));
  });

  it('of a letter is asked for that alone', async () => {
    await askPicture(picture, { alphabet: 'letters' });
    expect(predictPicture.mock.calls[0][1]).toMatchObject({ alphabet: 'letters', stages: true });
    expect(readPicture).not.toHaveBeenCalled();
  });

  it('still has its digit where looking for numbers fails for good', async () => {
    readPicture.mockRejectedValue(new ApiFailure('broken', ''));
    expect(await askPicture(picture, {})).toEqual(predictionOf(4));
  });

  it.each(['offline', 'starting', 'busy'] as const)('is asked about again where the server is %s', async (kind) => {
    readPicture.mockRejectedValue(new ApiFailure(kind, ''));
    await expect(askPicture(picture, {})).rejects.toMatchObject({ kind });
  });

  it('has been sent when both questions have been', async () => {
    const onSent = vi.fn();
    await askPicture(picture, { onSent });
    predictPicture.mock.calls[0][1].onSent?.(1);
    expect(onSent).toHaveBeenLastCalledWith(0.5);
    readPicture.mock.calls[0][1].onSent?.(1);
    expect(onSent).toHaveBeenLastCalledWith(1);
  });
});
