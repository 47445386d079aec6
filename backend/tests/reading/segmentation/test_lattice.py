"""The lattice holds every way to divide a line, and the search finds the cheapest."""

from itertools import pairwise, product

import numpy as np

from backend.reading.segmentation.lattice import Lattice, Segment, best_path, build_lattice, path_of
from backend.reading.segmentation.pieces import Unit

PEN = 6.0


def bar(left: int, width: int = 8) -> Unit:
    return Unit(np.full((48, width), 255, np.uint8), left, 10)


def pair(left: int) -> Unit:
    """Two bars joined by a thread."""
    ink = np.zeros((48, 60), np.uint8)
    ink[:, 2:10] = ink[:, 50:58] = ink[20:24, 10:50] = 255
    return Unit(ink, left, 10)


def all_paths(lattice: Lattice) -> list[list[int]]:
    """Every sequence of segments from the first node to the last."""
    found, unfinished = [], [[]]
    while unfinished:
        path = unfinished.pop()
        at = lattice.segments[path[-1]].end if path else 0
        if at == lattice.nodes - 1:
            found.append(path)
        unfinished += [[*path, i] for i, s in enumerate(lattice.segments) if s.start == at]
    return found


def test_sure_units_are_neither_cut_nor_joined():
    lattice = build_lattice([bar(0), pair(30), bar(95)], [False] * 3, PEN)
    assert [(s.start, s.end, s.whole) for s in lattice.segments] == [(0, 1, True), (1, 2, True), (2, 3, True)]


def test_units_come_first_and_a_doubtful_one_is_cut():
    lattice = build_lattice([bar(0), pair(30)], [False, True], PEN)
    assert [segment.whole for segment in lattice.segments[:2]] == [True, True]
    pieces = [segment for segment in lattice.segments if segment.cuts]
    assert any(segment.cuts == 1 and segment.end == lattice.nodes - 1 for segment in pieces)
    assert all(1 <= segment.start < segment.end for segment in pieces)


def test_neighbours_are_joined_only_where_they_are_near():
    near = build_lattice([bar(0), bar(12)], [True, False], PEN)
    far = build_lattice([bar(0), bar(40)], [True, False], PEN)
    assert any(segment.start == 0 and segment.end == near.nodes - 1 for segment in near.segments)
    assert not any(segment.start == 0 and segment.end == far.nodes - 1 for segment in far.segments)


def test_the_path_is_the_cheapest_of_all_and_covers_the_line():
    lattice = build_lattice([bar(0), pair(14), bar(76)], [True] * 3, PEN)
    for seed in range(20):
        costs = np.random.default_rng(seed).uniform(0, 3, len(lattice.segments))
        path = best_path(lattice, costs, np.full(len(lattice.segments), 100.0))
        assert np.isclose(path.cost, min(costs[other].sum() for other in all_paths(lattice)))
        ends = [(lattice.segments[index].start, lattice.segments[index].end) for index in path.chosen]
        assert ends[0][0] == 0
        assert ends[-1][1] == lattice.nodes - 1
        assert all(first[1] == second[0] for first, second in pairwise(ends))


def test_a_unit_is_left_out_where_that_is_cheaper():
    segments = [Segment(i, i + 1, bar(20 * i), 0, 0.0, True) for i in range(3)]
    lattice = Lattice(4, segments, [(0, 1), (1, 2), (2, 3)])
    for kept in product((False, True), repeat=3):
        costs = np.where(kept, 1.0, 5.0)
        path = best_path(lattice, costs, np.full(3, 3.0))
        assert path.chosen == np.flatnonzero(kept).tolist()
        assert path.omitted == np.flatnonzero(~np.array(kept)).tolist()


def test_the_cheapest_path_that_reads_a_string_is_found_and_none_where_there_is_none():
    lattice = build_lattice([bar(0), pair(14), bar(76)], [True] * 3, PEN)
    count = len(lattice.segments)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        costs, omitted = rng.uniform(0, 3, (count, 2)), rng.uniform(1, 4, count)
        ways = []
        for path in all_paths(lattice):
            for read in product([False, True], repeat=len(path)):
                if sum(read) == 2:
                    taken = [index for index, is_read in zip(path, read, strict=True) if is_read]
                    left = [index for index in path if index not in taken]
                    cost = sum(costs[index, at] for at, index in enumerate(taken)) + omitted[left].sum()
                    ways.append((cost, taken))
        taken, cost = path_of(lattice, costs, omitted)
        assert (round(cost, 9), taken) == (round(min(ways)[0], 9), min(ways)[1])
    far = build_lattice([bar(0), bar(95)], [False] * 2, PEN)
    assert path_of(far, np.zeros((2, 3)), np.zeros(2)) == ([], np.inf)
