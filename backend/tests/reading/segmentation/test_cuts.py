"""Cuts part ink where it is thinnest, whatever the way through it."""

import numpy as np
import pytest

from backend.reading.segmentation.cuts import find_cuts


def bars(*columns: int, height: int = 40, width: int = 100) -> np.ndarray:
    """Upright bars, 6 px wide, that begin at `columns`."""
    ink = np.zeros((height, width), np.uint8)
    for column in columns:
        ink[2:-2, column : column + 6] = 255
    return ink


def test_two_bars_joined_by_a_thread_are_cut_through_the_thread():
    ink = bars(10, 80)
    ink[20:22, 16:80] = 255
    cuts = find_cuts(ink, 5, 10, 4)
    assert cuts
    for cut in cuts:
        assert 16 <= cut.columns[20] < 80
        assert cut.crossing == pytest.approx(2, abs=0.1)


def test_between_cuts_and_beyond_them_there_is_ink():
    cuts = find_cuts(bars(10, 16, 40, 80), 5, 40, 100)
    ink = bars(10, 16, 40, 80) / 255
    sides = [sum(ink[row, : cut.columns[row]].sum() for row in range(40)) for cut in cuts]
    assert sides
    assert min(np.diff([0, *sides, ink.sum()])) >= 100


def test_a_cut_goes_around_what_stands_in_the_way():
    # A joint low on the left side, below an overhang from the right.
    ink = bars(20, 60, width=90)
    ink[2:8, 30:60] = 255
    ink[30:33, 26:40] = 255
    ink[10:33, 36:40] = 255
    ink[10:13, 36:60] = 255
    assert min(cut.crossing for cut in find_cuts(ink, 4, 12, 4)) <= 4.5


def test_cuts_keep_their_distance_and_come_from_left_to_right():
    ink = np.zeros((40, 200), np.uint8)
    ink[18:22] = 255
    cuts = find_cuts(ink, 12, 10, 1)
    crossed = [int(cut.columns[20]) for cut in cuts]
    assert len(cuts) > 5
    assert min(np.diff(crossed)) >= 12
    assert crossed[0] >= 12
    assert crossed[-1] < 188


@pytest.mark.parametrize(
    "ink",
    [
        np.zeros((30, 50), np.uint8),  # no ink
        np.full((30, 50), 255, np.uint8),  # nothing thin
        np.full((1, 1), 255, np.uint8),
        np.full((40, 3), 255, np.uint8),  # too narrow
    ],
    ids=["empty", "solid", "a pixel", "narrow"],
)
def test_what_has_no_thin_place_is_not_cut(ink):
    assert find_cuts(ink, 5, 8, 1) == []


def test_paths_are_whole_and_never_jump():
    rng = np.random.default_rng(0)
    ink = (255 * (rng.random((50, 120)) < 0.2)).astype(np.uint8)
    cuts = find_cuts(ink, 6, 50, 1)
    assert cuts
    for cut in cuts:
        assert cut.columns.shape == (50,)
        assert np.abs(np.diff(cut.columns)).max() <= 1
        assert 0 <= cut.columns.min() <= cut.columns.max() < 120
