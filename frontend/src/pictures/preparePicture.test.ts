import { afterEach, describe, expect, it, vi } from 'vitest';
import { preparePicture } from './preparePicture';

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
    await expect(preparePicture(fileOf('raw.bmp', 'image/bmp', 33 * MEGABYTE))).rejects.toMatchObject({
      kind: 'too large',
    });
  });
});

function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result as string); };
    reader.readAsText(blob);
  });
}
