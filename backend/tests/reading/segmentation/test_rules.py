"""Rules go, and what was written over them stays."""

from dataclasses import replace

import numpy as np
import pytest

from backend.reading.pictures.cleaning import CleanedPicture, clean
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.parts import find_parts
from backend.reading.segmentation.rules import without_rules, without_underlines
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import number, picture


def cleaned(grey: np.ndarray) -> CleanedPicture:
    """The picture with nothing removed but the paper."""
    plain = clean(decode(picture(grey), ReadingSettings.max_picture_memory))
    contrast = (255 - grey).astype(np.float32) / 255
    parts = find_parts(contrast, 0.3, 0.55)
    return replace(
        plain, photographed=False, for_model=False, paper_removed=contrast, contrast=contrast, parts=parts
    )


def heights(picture: CleanedPicture) -> list[float]:
    """Those of what is written, from left to right, specks left out."""
    parts = picture.parts
    found = np.flatnonzero((parts.mass > 0) & (parts.boxes[:, 3] > 20))
    return parts.boxes[found[np.argsort(parts.boxes[found, 0])], 3].tolist()


@pytest.mark.parametrize("digits", ["5027", "50"])
def test_a_line_that_touches_digits_from_below_is_removed(digits):
    grey = number(digits)
    bottom = np.flatnonzero((grey < 128).any(axis=1))[-1]
    grey[bottom + 5 : bottom + 10, 12:-12] = 0
    foot = np.flatnonzero(grey[bottom] < 128)[-1]
    grey[bottom - 4 : bottom + 5, foot - 5 : foot + 1] = 0  # the last digit's foot reaches down to it
    joined, apart = (each.parts for each in (cleaned(grey), without_underlines(cleaned(grey))))
    assert max(joined.boxes[1:, 2]) > 0.8 * grey.shape[1]
    assert max(apart.boxes[apart.mass > 0, 2]) < grey.shape[1] / 2
    assert np.count_nonzero(apart.boxes[apart.mass > 0, 3] > 20) == len(digits)


def test_boxes_that_a_digit_touches_are_removed():
    grey = number("5027")
    rows = np.flatnonzero((grey < 128).any(axis=1))
    first, last = rows[0] - 10, rows[-1] + 10
    inked = np.diff((grey < 128).any(axis=0).astype(int))
    starts, ends = np.flatnonzero(inked == 1) + 1, np.flatnonzero(inked == -1)
    edges = np.array([starts[0] - 12, *(starts[1:] + ends[:-1]) // 2, ends[-1] + 12])
    grey[[first, first + 1, last, last + 1], edges[0] : edges[-1]] = 0
    for edge in edges:
        grey[first : last + 2, edge : edge + 2] = 0
    tail = np.flatnonzero(grey[rows[-1] - 3] < 128)[-6]
    grey[rows[-1] - 3 : last, tail : tail + 5] = 0  # the last digit's foot runs into its box
    found = without_rules(cleaned(grey))
    assert len(heights(found)) == 4
    assert found.parts.labels.max() == len(found.parts.mass) - 1


@pytest.mark.parametrize("digits", ["5", "5027", "77", "2222"])
def test_digits_without_rules_are_left_as_they_are(digits):
    before = cleaned(number(digits, gap=8))
    after = without_underlines(without_rules(before))
    assert np.array_equal(after.contrast, before.contrast)
    assert np.array_equal(after.parts.mass, before.parts.mass)


@pytest.mark.parametrize("single", [True, False])
def test_a_foot_as_wide_as_one_character_is_none_but_under_several_it_is_a_line(single):
    grey = number("2" if single else "22", gap=10)
    inked = np.flatnonzero((grey < 128).any(axis=0))
    bottom = np.flatnonzero((grey < 128).any(axis=1))[-1]
    grey[bottom - 5 : bottom + 1, inked[0] - 8 : inked[-1] + 9] = 0
    parts = without_underlines(cleaned(grey)).parts
    widest = max(parts.boxes[parts.mass > 0, 2])
    assert widest > np.ptp(inked) + 10 if single else widest < np.ptp(inked) / 2
    assert np.count_nonzero(parts.boxes[parts.mass > 0, 3] > 20) == (1 if single else 2)
