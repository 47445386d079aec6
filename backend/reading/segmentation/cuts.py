"""Cuts through ink that hangs together: where touching characters may be parted.

A cut is a path from above the ink to below it that goes through as little ink as it can. The cheapest
through each column of ink is found from both ends at once; those that are cheaper than the others near by
are kept. So a cut follows the paper between two characters and crosses where they touch, at their narrowest.
"""

from dataclasses import dataclass

import numpy as np

ASIDE = 0.06  # of full ink, what a step to the side costs; else a path would wander for nothing
PAPER = 0.01  # of full ink, what a step through paper costs


@dataclass(frozen=True)
class Cut:
    """A path through a component from its top to its bottom."""

    columns: np.ndarray  # (height,) int, what lies at or right of it belongs to the right
    crossing: float  # px of full ink that it goes through


def find_cuts(ink: np.ndarray, apart: int, most: float, least: float) -> list[Cut]:
    """Return the cuts through `ink`, (height, width) uint8, from left to right.

    Two cuts cross ink at least `apart` px from each other, and from the ends, and have at least `least` px
    of full ink between them, and beyond them; each crosses at most `most` px of it.
    """
    height, width = ink.shape
    if width < 2 * apart:
        return []
    cost = ink.astype(np.float32) / 255 + PAPER
    above, below = _cheapest(cost), _cheapest(cost[::-1])[::-1]
    through = np.where(ink > 127, above + below - cost, np.inf)  # (height, width)
    by_column = through.min(axis=0)  # (width,)
    by_column[:apart] = by_column[-apart:] = np.inf
    before = np.zeros((height, width + 1))
    np.cumsum(ink / 255, axis=1, out=before[:, 1:])
    cuts: dict[float, Cut] = {}  # by how much ink lies to the left
    taken = [0.0, float(before[:, -1].sum())]
    while True:
        column = int(by_column.argmin())
        if not by_column[column] <= most + PAPER * height:
            return [cuts[left] for left in sorted(cuts)]
        row = int(through[:, column].argmin())
        path = np.empty(height, int)
        path[: row + 1] = _walk(above[: row + 1], column)
        path[row:] = _walk(below[row:][::-1], column)[::-1]
        by_column[max(column - apart + 1, 0) : column + apart] = np.inf
        left = float(before[np.arange(height), path].sum())
        if min(abs(left - other) for other in taken) >= least:
            taken.append(left)
            cuts[left] = Cut(path, float(ink[np.arange(height), path].sum()) / 255)


def _cheapest(cost: np.ndarray) -> np.ndarray:
    """The cost of the cheapest path from the first row to each pixel, that pixel included."""
    total = np.empty_like(cost)
    total[0] = cost[0]
    padded = np.full(cost.shape[1] + 2, np.inf, np.float32)
    for row in range(1, len(cost)):
        padded[1:-1] = total[row - 1]
        aside = np.minimum(padded[:-2], padded[2:]) + np.float32(ASIDE)
        total[row] = np.minimum(padded[1:-1], aside) + cost[row]
    return total


def _walk(total: np.ndarray, column: int) -> np.ndarray:
    """The columns, (rows,), of the cheapest path that ends at `column` in the last row of `total`."""
    path = np.empty(len(total), int)
    path[-1] = column
    for row in range(len(total) - 2, -1, -1):
        first = max(column - 1, 0)
        nearby = total[row, first : column + 2] + ASIDE * (
            np.arange(first, first + len(total[row, first : column + 2])) != column
        )
        column = first + int(nearby.argmin())
        path[row] = column
    return path
