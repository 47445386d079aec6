import { describe, expect, test } from 'vitest';
import { withoutHook } from './hooks';
import type { Point, Stroke } from './strokes';

const down: Stroke = [[0.6, 0], [0.5, 0.25], [0.4, 0.5], [0.3, 0.75], [0.2, 1]];

test.each<[string, Point[]]>([
  ['straight back', [[0.28, 0.8]]],
  ['back and to the side', [[0.32, 0.9], [0.4, 0.8]]],
])('a hook that goes %s is left out', (_, hook) => {
  expect(withoutHook([...down, ...hook])).toEqual(down);
});

describe('nothing is left out of', () => {
  test.each<[string, Stroke]>([
    ['a line', down],
    ['a dot', [[0.5, 0.5]]],
    ['two points', [[0, 0], [1, 1]]],
    ['points in one place', [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]],
    ['an L', [...down, [0.4, 1.05]]],
    ['a V', [...down, [0.5, 0.1]]],
    ['a round end, as of a 3', [[0.2, 0], [0.6, 0.1], [0.7, 0.4], [0.6, 0.7], [0.3, 0.75], [0.25, 0.6]]],
    ['nothing', []],
  ])('%s', (_, stroke) => {
    expect(withoutHook(stroke)).toBeUndefined();
  });
});
