import { describe, expect, it } from 'vitest';
import { predictionOf } from '../testing/answers';
import { writePictureTable } from './pictureTable';
import { SAMPLE_PICTURES } from './samplePictures';

describe('the table of pictures', () => {
  it('tells each file’s digit or why it has none', () => {
    const prediction = predictionOf(3, 0.9);
    const rows = [
      { name: 'three.png', prediction, reason: '' },
      { name: 'notes.pdf', reason: 'That is no picture.' },
    ];
    const [header, ...lines] = writePictureTable(rows).trimEnd().split('\r\n').map((line) => line.split(','));
    expect(lines.map((line) => line.length)).toEqual([header.length, header.length]);
    expect(lines[0].slice(0, 3)).toEqual(['three.png', '3', '0.9']);
    expect(lines[1][header.indexOf('reason')]).toBe('That is no picture.');
  });

  it('lets no file name become a formula', () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']) {
      expect(writePictureTable([{ name, reason: '' }]).split('\r\n')[1]).toMatch(/^"?'/);
    }
    expect(writePictureTable([{ name: '7=seven.png', reason: '' }])).toContain('\n7=seven.png,');
  });
});

describe('the sample pictures', () => {
  it('are each of a digit', () => {
    expect(SAMPLE_PICTURES.length).toBeGreaterThanOrEqual(3);
    for (const { name, strokes } of SAMPLE_PICTURES) {
      expect(name).toMatch(/^a \d/);
      expect(strokes.length).toBeGreaterThan(0);
    }
  });
});
