"""Lines of writing are told from each other, and from what is no writing."""

import numpy as np
import pytest

from backend.reading.pictures.parts import Parts
from backend.reading.segmentation.text_lines import MOST_PARTS, find_text_lines, near


def parts_of(*boxes) -> Parts:
    """Parts with these boxes, (left, top, width, height), all of them ink."""
    return Parts(
        np.zeros((1, 1), np.int32),
        np.array([(0, 0, 999, 999), *boxes], float),
        np.array([0.0] + [100.0] * len(boxes)),
    )


def members(parts: Parts) -> list[list[int]]:
    return [sorted(line.members.tolist()) for line in find_text_lines(parts)]


def row(top: float, count: int, left: float = 0, slope: float = 0) -> list:
    return [(left + 40 * i, top + slope * 40 * i, 25, 40) for i in range(count)]


def test_nothing_has_no_lines():
    assert members(parts_of()) == []
    assert members(parts_of((5, 5, 2, 2), (50, 9, 3, 4))) == []


def test_rows_are_lines_from_the_top_down():
    assert members(parts_of(*row(100, 3), *row(10, 2))) == [[4, 5], [1, 2, 3]]


@pytest.mark.parametrize("slope", [-0.17, 0, 0.17])
def test_a_turned_row_is_one_line_and_its_slope_is_told(slope):
    (line,) = find_text_lines(parts_of(*row(200, 9, slope=slope)))
    assert len(line.members) == 9
    assert line.slope == pytest.approx(slope, abs=0.01)
    assert line.height == 40


def test_what_stands_side_by_side_far_apart_is_read_from_the_left():
    assert members(parts_of(*row(10, 2, left=600), *row(12, 2))) == [[3, 4], [1, 2]]


def test_small_marks_are_no_lines_but_near_one():
    parts = parts_of(*row(100, 4), (30, 135, 6, 8), (170, 118, 20, 6))
    (line,) = find_text_lines(parts)
    assert sorted(line.members.tolist()) == [1, 2, 3, 4]
    assert set(near(line, parts, 0.25).tolist()) == {5}


def test_what_is_printed_around_characters_is_none():
    assert members(parts_of((-10, -10, 200, 70), *row(0, 4))) == [[2, 3, 4, 5]]


def test_a_drawn_line_and_a_barcode_are_no_writing():
    assert members(parts_of(*row(0, 3), (0, 45, 110, 5))) == [[1, 2, 3]]
    assert members(parts_of(*[(12 * i, 0, 4, 100) for i in range(20)])) == []
    assert members(parts_of(*[(30 * i, 0, 4, 40) for i in range(4)])) == [[1, 2, 3, 4]]


def test_of_too_many_parts_the_tallest_are_looked_at():
    rng = np.random.default_rng(0)
    boxes = np.column_stack(
        [rng.uniform(0, 4000, (3 * MOST_PARTS, 2)), rng.uniform(6, 20, (3 * MOST_PARTS, 2))]
    )
    found = find_text_lines(parts_of(*boxes))
    assert 0 < sum(len(line.members) for line in found) <= MOST_PARTS
