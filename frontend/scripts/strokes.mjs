// Reads packed strokes: NumPy archives of handwritten drawings, as UNIPEN_PATH holds them.
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/**
 * @typedef {readonly (readonly [number, number])[]} Stroke
 * @typedef {{ label: string, writer: number, collection: number, strokes: Stroke[] }} Drawing
 */

/**
 * The drawings in a packed file, with x to the right and y down, the longer side 1.
 * @param {string} path
 * @returns {Promise<Drawing[]>}
 */
export async function readDrawings(path) {
  const arrays = arraysIn(await readFile(path));
  const [points, strokePoints, drawingStrokes, labels, writers, collections] = [
    'points', 'stroke_points', 'drawing_strokes', 'labels', 'writers', 'collections',
  ].map((name) => arrays.get(name) ?? []);
  let [stroke, point] = [0, 0];
  return drawingStrokes.map((count, i) => ({
    label: String(labels[i]),
    writer: Number(writers[i]),
    collection: Number(collections[i]),
    strokes: Array.from({ length: Number(count) }, () =>
      Array.from({ length: Number(strokePoints[stroke++]) }, () => {
        const at = 2 * point++;
        return /** @type {const} */ ([Number(points[at]) / 1000, Number(points[at + 1]) / 1000]);
      }),
    ),
  }));
}

/**
 * @param {Buffer} archive a zip file whose directory stands at its end
 * @returns {Map<string, (number | string)[]>}
 */
function arraysIn(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a NumPy archive');
  const arrays = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let i = archive.readUInt16LE(end + 10); i > 0; i--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.toString('latin1', at + 46, at + 46 + nameLength);
    const [method, size, header] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + size);
    arrays.set(name.replace(/\.npy$/, ''), arrayIn(method === 0 ? packed : inflateRawSync(packed)));
    at += 46 + nameLength + extra + comment;
  }
  return arrays;
}

/** @param {Buffer} file */
function arrayIn(file) {
  const wide = file[6] > 1;
  const length = wide ? file.readUInt32LE(8) : file.readUInt16LE(8);
  const start = (wide ? 12 : 10) + length;
  const type = /'descr': '[<|](\w)(\d+)'/.exec(file.toString('latin1', 0, start));
  if (!type) throw new Error('an array of a kind that is not known');
  const size = Number(type[2]) * (type[1] === 'U' ? 4 : 1);
  return Array.from({ length: (file.length - start) / size }, (_, i) => {
    const at = start + i * size;
    if (type[1] === 'i') return file.readIntLE(at, size);
    if (type[1] === 'u') return file.readUIntLE(at, size);
    const codes = Array.from({ length: size / 4 }, (_, k) => file.readUInt32LE(at + 4 * k));
    return String.fromCodePoint(...codes.filter((code) => code > 0));
  });
}
