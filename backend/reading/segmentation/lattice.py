"""The lattice: every way to divide a line into characters, and the search for the most probable one.

Nodes are places between pieces, from left to right; an arc is a segment of neighbouring pieces that may be
a character, or a unit that is none. The path of the least cost is found by dynamic programming (Viterbi).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backend.reading.segmentation.line_images import HEIGHT
from backend.reading.segmentation.pieces import TALL, CutUnit, Unit, cut, joined

WIDEST = 1.45  # of the height, that a character is wide
NARROWEST = 0.08  # of the height; less is a splinter of a stroke
MOST_JOINED = 3  # units that are one character, which the pen left
NEAR = 0.25  # of the height, how near those are


@dataclass(frozen=True)
class Segment:
    """An arc: the ink between two nodes."""

    start: int
    end: int
    unit: Unit
    cuts: int  # how many of its two ends are cuts
    joints: float  # of the height, the gaps within it
    whole: bool  # whether it is a unit, neither cut nor joined


@dataclass(frozen=True)
class Lattice:
    """All segments of a line; there are nodes from 0 to `nodes` - 1."""

    nodes: int
    segments: list[Segment]
    units: list[tuple[int, int]]  # the first and last node of each unit, in order


def build_lattice(units: list[Unit], doubtful: list[bool], pen: float) -> Lattice:
    """Return the lattice of `units`, of which those that are `doubtful` are cut, and joined to others.

    The units themselves are its first segments. `pen` is the width of strokes, in px.
    """
    parted = [
        cut(unit, pen) if doubt else CutUnit(unit, []) for unit, doubt in zip(units, doubtful, strict=True)
    ]
    ends = np.cumsum([each.count for each in parted]).tolist()
    spans = list(zip([0, *ends[:-1]], ends, strict=True))
    wholes = [Segment(*span, unit, 0, 0.0, True) for span, unit in zip(spans, units, strict=True)]
    pieces = [
        piece for each, (start, _) in zip(parted, spans, strict=True) for piece in _pieces_of(each, start)
    ]
    return Lattice(ends[-1] + 1, wholes + pieces + _groups_of(units, spans, doubtful), spans)


def _pieces_of(parted: CutUnit, node: int) -> list[Segment]:
    count = parted.count
    found = []
    for first in range(count):
        for last in range(first, min(count, count - 1 + first)):  # not all of them again
            unit = parted.between(first, last)
            if unit is None:
                continue
            height, width = unit.ink.shape
            if width > WIDEST * HEIGHT:
                break
            if width >= NARROWEST * HEIGHT and height >= TALL * HEIGHT:
                cuts = (first > 0) + (last < count - 1)
                found.append(Segment(node + first, node + last + 1, unit, cuts, 0.0, False))
    return found


def _groups_of(units: list[Unit], spans: list[tuple[int, int]], doubtful: list[bool]) -> list[Segment]:
    found = []
    for first in range(len(units)):
        for last in range(first + 1, min(first + MOST_JOINED, len(units))):
            group = units[first : last + 1]
            gaps = [max(b.left - a.right, 0) / HEIGHT for a, b in pairwise(group)]
            width = max(unit.right for unit in group) - min(unit.left for unit in group)
            if max(gaps) > NEAR or width > WIDEST * HEIGHT:
                break
            if any(doubtful[first : last + 1]):
                found.append(Segment(spans[first][0], spans[last][1], joined(group), 0, sum(gaps), False))
    return found


@dataclass(frozen=True)
class Path:
    """The best way through a lattice."""

    chosen: list[int]  # indices of the segments that are characters, from left to right
    omitted: list[int]  # of those that are none
    cost: float


def best_path(lattice: Lattice, costs: np.ndarray, omitted: np.ndarray) -> Path:
    """Return the cheapest path.

    `costs`, (segments,), are those of each being a character; `omitted`, (segments,), of each being none.
    """
    arcs: list[list[tuple[int, float, int]]] = [[] for _ in range(lattice.nodes)]  # by end node
    count = len(lattice.segments)
    for index, segment in enumerate(lattice.segments):
        arcs[segment.end].append((segment.start, float(costs[index]), index))
        if np.isfinite(omitted[index]):
            arcs[segment.end].append((segment.start, float(omitted[index]), count + index))
    total = [0.0] + [np.inf] * (lattice.nodes - 1)
    came: list[tuple[int, int]] = [(0, -1)] * lattice.nodes
    for node in range(1, lattice.nodes):
        for start, cost, index in arcs[node]:
            if total[start] + cost < total[node]:
                total[node] = total[start] + cost
                came[node] = (start, index)
    taken, node = [], lattice.nodes - 1
    while node > 0:
        node, index = came[node]
        taken.append(index)
    taken.reverse()
    return Path(
        [index for index in taken if index < count],
        [index - count for index in taken if index >= count],
        float(total[-1]),
    )


def path_of(lattice: Lattice, costs: np.ndarray, omitted: np.ndarray) -> tuple[list[int], float]:
    """Return the segments of the cheapest path that reads a given string, and its cost, inf if none does.

    `costs`, (segments, labels of the string), are those of each segment being each of its labels; `omitted`,
    (segments,), of each being none.
    """
    arcs: list[list[tuple[int, int]]] = [[] for _ in range(lattice.nodes)]  # by end node
    for index, segment in enumerate(lattice.segments):
        arcs[segment.end].append((segment.start, index))
    count = costs.shape[1]
    total = np.full((lattice.nodes, count + 1), np.inf)  # [node, labels read before it]
    total[0, 0] = 0
    came = np.zeros((lattice.nodes, count + 1, 2), int)  # the segment, and whether it was read
    for node in range(1, lattice.nodes):
        for start, index in arcs[node]:
            left_out = total[start] + omitted[index]
            read = np.concatenate([[np.inf], total[start, :-1] + costs[index]])
            for ways, is_read in ((left_out, 0), (read, 1)):
                better = ways < total[node]
                total[node][better] = ways[better]
                came[node][better] = index, is_read
    cost = float(total[-1, -1])
    taken: list[int] = []
    node, label = lattice.nodes - 1, count
    while np.isfinite(cost) and node > 0:
        index, is_read = came[node, label].tolist()
        if is_read:
            taken.append(index)
        node, label = lattice.segments[index].start, label - is_read
    return taken[::-1], cost
