/** Lessons as the page sends them. */

import type { Lesson } from '../api/teaching';
import { SIDE } from '../ink/framing';

export function lessonNamed(id: string): Lesson {
  return {
    id,
    alphabet: 'digits',
    meant: '9',
    read: '4',
    confidence: 0.93,
    model: 'test',
    kind: 'correction',
    strokes: [[[0.1, 0.2], [0.3, 0.4]]], // prettier-ignore
    pixels: Array.from({ length: SIDE * SIDE }, (_, i) => i % 256),
    collection: 'default',
  };
}
