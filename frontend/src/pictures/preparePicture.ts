/** Pictures: files that a person brings, made fit to be sent. */

import { ApiFailure } from '../api/failures';

const SERVED = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp'];
const MOST_BYTES = 32 * 2 ** 20 - 4096; // what the server takes, less the form around the file
const LARGE_BYTES = 2 * 2 ** 20; // what is worth shrinking
const LARGE_SIDE = 2048; // px
const SENT_SIDE = 1600; // px, far more than the 28x28 needs
const THUMBNAIL_SIDE = 256; // px, as the stages that the server sends
const JPEG_QUALITY = 0.9;

const WRONG_TYPE = 'Choose a PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC file.';

/** The size of a picture, in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PreparedPicture {
  readonly upload: Blob;
  /** Of the upload, upright; missing where the browser can't decode the file. */
  readonly size?: Size;
  /** A small copy as a data URL; missing where the browser can't decode the file. */
  readonly thumbnail?: string;
}

/**
 * The picture as it is, or smaller where it is huge, or decoded here where only the browser can. What the
 * browser can't decode is sent as it is: the server may know better, and says so if not.
 *
 * Throws an ApiFailure where sending can't help: no picture at all, or too large to be sent.
 */
export async function preparePicture(file: File): Promise<PreparedPicture> {
  const bitmap = await decode(file);
  if (!bitmap) {
    if (file.type && !file.type.startsWith('image/')) throw new ApiFailure('wrong type', WRONG_TYPE);
    return { upload: fit(file) };
  }
  try {
    const { upload, size } = (needsCopy(file, bitmap) && (await copyOf(bitmap, file.type))) || {
      upload: file,
      size: { width: bitmap.width, height: bitmap.height },
    };
    return { upload: fit(upload), size, thumbnail: thumbnailOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** Upright, as EXIF has it. */
async function decode(file: File): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
}

function needsCopy({ type, size }: File, { width, height }: ImageBitmap): boolean {
  return size > LARGE_BYTES || Math.max(width, height) > LARGE_SIDE || !SERVED.includes(type);
}

/** A copy at most 1600 px long: a JPEG of a JPEG, else a PNG, which keeps what is transparent. */
async function copyOf(bitmap: ImageBitmap, type: string): Promise<PreparedPicture | undefined> {
  const canvas = drawn(bitmap, SENT_SIDE);
  if (!canvas) return undefined;
  const kind = type === 'image/jpeg' || type === 'image/heic' ? 'image/jpeg' : 'image/png';
  return new Promise((resolve) => {
    const { width, height } = canvas;
    canvas.toBlob((blob) => { resolve(blob ? { upload: blob, size: { width, height } } : undefined); }, kind, JPEG_QUALITY);
  });
}

function thumbnailOf(bitmap: ImageBitmap): string | undefined {
  return drawn(bitmap, THUMBNAIL_SIDE)?.toDataURL('image/webp');
}

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement | undefined {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function fit(upload: Blob): Blob {
  if (upload.size <= MOST_BYTES) return upload;
  const [most, has] = [MOST_BYTES, upload.size].map((bytes) => String(Math.ceil(bytes / 2 ** 20)));
  throw new ApiFailure('too large', `It has ${has} MB, and at most ${most} can be sent. Make it smaller.`);
}
