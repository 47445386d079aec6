"""Printed boxes and cells are removed where the digit touches them, and strokes are no boxes."""

import cv2
import numpy as np
import pytest

from backend.reading.pictures.boxes import remove_boxes
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, picture
from model_training.framing import frame

MOST = ReadingSettings.max_picture_memory
SIDE = 240


def contrast_of(digit, pen=14):
    return (255 - grey_of(digit, SIDE, pen)).astype(np.float32) / 255


def lines(*ends, thickness=4):
    drawn = np.zeros((SIDE, SIDE), np.float32)
    for start, end in ends:
        cv2.line(drawn, start, end, 0.9, thickness)
    return drawn


def box(left, top, right, bottom, beyond=0):
    """The four sides of a box; of a grid, where they go on `beyond` its corners."""
    return [
        ((left - beyond, top), (right + beyond, top)),
        ((left - beyond, bottom), (right + beyond, bottom)),
        ((left, top - beyond), (left, bottom + beyond)),
        ((right, top - beyond), (right, bottom + beyond)),
    ]


def around(digit, **grown):
    """A box that just touches the digit."""
    rows, columns = (np.flatnonzero((contrast_of(digit) > 0.5).any(axis=axis)) for axis in (1, 0))
    corners = (columns[0] - 2, rows[0] - 2, columns[-1] + 2, rows[-1] + 2)
    return box(*map(int, corners), **grown)


def outside(digit):
    return cv2.dilate((contrast_of(digit) > 0.1).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0


@pytest.mark.parametrize("digit", [0, 2, 3, 4, 6, 7])
@pytest.mark.parametrize("beyond", [0, 999], ids=["box", "grid"])
def test_a_box_that_the_digit_touches_is_removed(digit, beyond):
    contrast = np.maximum(contrast_of(digit), lines(*around(digit, beyond=beyond)))
    left = remove_boxes(contrast, 0.3, 0.9)
    assert (left[outside(digit)] > 0.3).mean() < 0.002
    inside = contrast_of(digit) > 0.5
    assert (left[inside] > 0.3).mean() > 0.95


def test_strokes_that_cross_a_box_stay_whole():
    left = remove_boxes(np.maximum(contrast_of(7), lines(*box(30, 10, 210, 190))), 0.3, 0.9)
    _, _, stats, _ = cv2.connectedComponentsWithStats((left > 0.3).astype(np.uint8))
    assert (stats[1:, cv2.CC_STAT_AREA] > 60).sum() == 1
    assert stats[1:, cv2.CC_STAT_HEIGHT].max() > 180


@pytest.mark.parametrize("digit", range(8))
@pytest.mark.parametrize("pen", [3, 14, 30])
@pytest.mark.parametrize("cropped", [False, True], ids=["with room", "cropped"])
def test_a_digit_without_a_box_is_left_as_it_is(digit, pen, cropped):
    contrast = contrast_of(digit, pen)
    if cropped:
        rows, columns = (np.flatnonzero((contrast > 0.5).any(axis=axis)) for axis in (1, 0))
        contrast = contrast[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    np.testing.assert_array_equal(remove_boxes(contrast, 0.3, 0.9), contrast)


@pytest.mark.parametrize(
    "strokes",
    [
        box(52, 12, 188, 226),  # a zero, drawn with a ruler
        [*box(52, 12, 188, 226), ((52, 120), (188, 120))],  # an eight
        [((52, 12), (52, 120)), ((52, 120), (188, 120)), ((188, 12), (188, 226))],  # a four
        [((52, 0), (52, 120)), ((52, 120), (SIDE, 120)), ((188, 0), (188, SIDE))],  # one that is cut off
    ],
    ids=["zero", "eight", "four", "cropped four"],
)
def test_a_digit_of_straight_strokes_is_no_box(strokes):
    contrast = lines(*strokes)
    np.testing.assert_array_equal(remove_boxes(contrast, 0.3, 0.9), contrast)


def test_a_thick_box_is_no_picture_inside_a_picture():
    page = np.full((300, 300), 255, np.uint8)
    page[30:270, 30:270] = grey_of(5, SIDE, 16)
    expected = frame(picture_to_ink(picture(page), MOST).levels).astype(int)
    cv2.rectangle(page, (66, 36), (226, 264), 40, 12)
    seen = frame(picture_to_ink(picture(page), MOST).levels).astype(int)
    assert np.abs(seen - expected).mean() < 6
