"""Print that is paler than the ink goes, also where it is joined to what is written."""

from dataclasses import replace

import numpy as np
import pytest

from backend.reading.pictures.cleaning import CleanedPicture, clean
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.parts import find_parts
from backend.reading.segmentation.pale_print import without_prints
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import number, picture

PRINT, INK = 0.3, 0.8  # contrasts


def cleaned(contrast: np.ndarray, photographed: bool = True) -> CleanedPicture:
    """A picture of which nothing was removed but the paper."""
    grey = picture(np.round(255 * (1 - contrast)).astype(np.uint8))
    plain = clean(decode(grey, ReadingSettings.max_picture_memory))
    parts = find_parts(contrast, 0.15, 0.2)
    return replace(
        plain,
        photographed=photographed,
        for_model=False,
        paper_removed=contrast,
        contrast=contrast,
        parts=parts,
    )


def ink_of(digits: str) -> np.ndarray:
    return np.where(number(digits) < 128, np.float32(INK), np.float32(0))


def kept(of: CleanedPicture) -> np.ndarray:
    """Where something is left, (height, width) bool."""
    return (of.parts.mass > 0)[of.parts.labels] & (of.parts.labels > 0)


def mesh(shape: tuple[int, ...], level: float) -> np.ndarray:
    lines = np.zeros(shape, np.float32)
    lines[5::20] = lines[6::20] = lines[:, 5::20] = lines[:, 6::20] = level
    return lines


def test_a_mesh_paler_than_the_ink_is_taken_off_the_digits():
    ink = ink_of("5027")
    left = without_prints(cleaned(np.maximum(ink, mesh(ink.shape, PRINT))))
    assert np.array_equal(kept(left), ink > 0)


@pytest.mark.parametrize(("photographed", "level"), [(True, INK), (False, PRINT)])
def test_what_is_as_dark_as_the_ink_or_no_photograph_is_left_to_others(photographed, level):
    ink = ink_of("42")
    one = cleaned(np.maximum(ink, mesh(ink.shape, level)), photographed)
    assert np.count_nonzero(kept(without_prints(one))) > 1.5 * np.count_nonzero(ink)


@pytest.mark.parametrize(("level", "stays"), [(PRINT, False), (INK, True)])
def test_an_upright_bar_is_a_digit_only_if_it_is_as_dark_as_the_others(level, stays):
    ink = ink_of("502")
    ink[20:90, 4:8] = level
    assert kept(without_prints(cleaned(ink)))[50, 5] == stays


def test_digits_alone_are_left_as_they_are():
    one = cleaned(ink_of("0123456789"[:8]))
    assert np.array_equal(kept(without_prints(one)), kept(one))


def test_paper_alone_is_left_as_it_is():
    one = cleaned(np.zeros((60, 80), np.float32))
    assert not kept(without_prints(one)).any()


@pytest.mark.parametrize(
    "rule", [(slice(None), slice(62, 64)), (slice(82, 84), slice(None))], ids=["upright", "level"]
)
def test_a_pale_rule_is_taken_off_the_digits_that_touch_it(rule):
    ink = ink_of("502")
    ruled = ink.copy()
    ruled[rule] = np.maximum(ruled[rule], PRINT)
    assert ink[rule].any()
    assert np.array_equal(kept(without_prints(cleaned(ruled))), ink > 0)


def test_an_upright_that_is_hardly_paler_goes_with_others_that_stand_as_high():
    ink = ink_of("502")
    for at, level in ((4, PRINT), (ink.shape[1] - 4, PRINT), (ink.shape[1] - 10, 0.6)):
        ink[14:100, at : at + 3] = level
    assert not kept(without_prints(cleaned(ink)))[50, ink.shape[1] - 9]


def test_ink_of_one_contrast_but_for_rounding_is_no_print():
    ink = ink_of("42")
    ink[ink > 0] = 0.8563089
    ink[30:60][ink[30:60] > 0] = np.nextafter(np.float32(0.8563089), np.float32(0))
    assert np.array_equal(kept(without_prints(cleaned(ink))), ink > 0)
