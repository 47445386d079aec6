/** Pictures of digits for the tests, painted in the browser, and the ways to bring them. */

import { expect, type Page } from '@playwright/test';
import { DIGITS, type Drawing, placed, written } from './handwriting';

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const ORIENTATION = 0x0112; // the EXIF tag

const SQUARE = { width: 300, height: 300, mimeType: 'image/png', turns: 0 };

/** A digit in the middle of white paper, `width` x `height` px, turned clockwise. */
export async function pictureOf(
  page: Page,
  digit: number,
  { name = `${String(digit)}.png`, ...options }: Partial<typeof SQUARE & { name: string }> = {},
): Promise<TestFile> {
  return painted(page, placed(DIGITS[digit], { x: 0.25, y: 0.2, size: 0.6 }), name, { ...SQUARE, ...options });
}

/** A number in a line on white paper. */
export async function numberPictureOf(page: Page, digits: string): Promise<TestFile> {
  const width = 100 * (digits.length + 1);
  const drawing = written(digits, { x: 0.5 - digits.length / 4, y: 0.25, size: 0.45, step: 1.1 });
  return painted(page, drawing, `${digits}.png`, { ...SQUARE, width, height: 200 });
}

async function painted(
  page: Page,
  drawing: Drawing,
  name: string,
  { width, height, mimeType, turns }: typeof SQUARE,
): Promise<TestFile> {
  const side = Math.min(width, height);
  const data = await page.evaluate(
    ({ strokes, width, height, side, mimeType, turns }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      context.translate(width / 2, height / 2);
      context.rotate(2 * Math.PI * turns);
      context.translate(-side / 2, -side / 2);
      context.lineWidth = side / 16;
      context.lineCap = context.lineJoin = 'round';
      for (const stroke of strokes) {
        context.beginPath();
        stroke.forEach(([x, y]) => { context.lineTo(x * side, y * side); });
        context.stroke();
      }
      return canvas.toDataURL(mimeType).split(',')[1];
    },
    { strokes: drawing, width, height, side, mimeType, turns },
  );
  return { name, mimeType, buffer: Buffer.from(data, 'base64') };
}

/** A JPEG that says, as cameras do, how it has to be turned. */
export function withOrientation({ buffer, ...file }: TestFile, orientation: number): TestFile {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4); // where the directory lies
  tiff.writeUInt16LE(1, 8); // its entries
  tiff.writeUInt16LE(ORIENTATION, 10);
  tiff.writeUInt16LE(3, 12); // a short
  tiff.writeUInt32LE(1, 14); // of them
  tiff.writeUInt16LE(orientation, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return { ...file, buffer: Buffer.concat([buffer.subarray(0, 2), head, exif, buffer.subarray(2)]) };
}

export async function pick(page: Page, ...files: TestFile[]): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(files);
}

/** Drag files over the middle of the page, then let them go. */
export async function drop(page: Page, ...files: TestFile[]): Promise<void> {
  const transfer = await transferOf(page, files);
  await page.locator('main').dispatchEvent('dragenter', { dataTransfer: transfer });
  await page.locator('main').dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop pictures to have them read')).toBeVisible();
  await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop pictures to have them read')).toBeHidden();
}

export async function paste(page: Page, ...files: TestFile[]): Promise<void> {
  const transfer = await transferOf(page, files);
  await transfer.evaluate((clipboardData) => {
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
}

function transferOf(page: Page, files: readonly TestFile[]) {
  const contents = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  return page.evaluateHandle((contents) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of contents) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, contents);
}
