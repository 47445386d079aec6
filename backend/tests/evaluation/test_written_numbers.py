"""Pictures of written numbers hold what they are called, each time the same."""

from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from backend.evaluation.written_numbers import CONDITIONS, UNSEEN, Page, picture_of
from backend.tests.pictures import STROKES, strokes_of

WRITER = {str(digit): [strokes_of(digit)] for digit in STROKES}


def made(page: Page, seed: int = 0) -> tuple[np.ndarray, str]:
    """The picture's grey levels and what is to be read on it."""
    content, text = picture_of(page, WRITER, np.random.default_rng(seed))
    return np.array(Image.open(BytesIO(content)).convert("L")), text


def parts(page: Page, seed: int = 0) -> tuple[int, int]:
    """How many things hang together on a clean sheet, and how many digits there should be."""
    grey, text = made(page, seed)
    return cv2.connectedComponents((grey < 128).astype(np.uint8))[0] - 1, len(text)


@pytest.mark.parametrize("name", CONDITIONS | UNSEEN)
def test_pictures_are_the_same_each_time_and_hold_dark_and_light(name):
    def content():
        rng = np.random.default_rng(3)
        return picture_of((CONDITIONS | UNSEEN)[name](rng), WRITER, rng)

    (first, text), again = content(), content()
    assert (first, text) == again
    assert set(text) <= set("01234567\n")
    assert np.ptp(np.array(Image.open(BytesIO(first)).convert("L")).astype(int)) > 60


@pytest.mark.parametrize("seed", range(4))
def test_digits_apart_hang_together_each_for_itself(seed):
    strokes = sum(len(WRITER[digit][0]) for digit in made(Page(), seed)[1])
    found, digits = parts(Page(), seed)
    # A digit of two strokes may be in two pieces; never are there fewer.
    assert digits <= found <= strokes


@pytest.mark.parametrize("seed", range(4))
def test_touching_digits_hang_together(seed):
    found, digits = parts(Page(touching=1.0, uneven=0), seed)
    assert found < digits
    assert digits >= 2


def test_separators_are_on_the_picture_and_not_in_the_text():
    plain, text = parts(Page(digits=(5, 5)), 1)
    marked, same = parts(Page(digits=(5, 5), separators=("equals",)), 1)
    assert (text, same) == (5, 5)
    assert marked == plain + 2


def test_lines_stand_one_below_the_other_and_boxes_are_printed():
    grey, text = made(Page(lines=(3, 3), digits=(2, 2)))
    assert text.count("\n") == 2
    inked = (grey < 128).any(axis=1)
    assert np.count_nonzero(np.diff(inked.astype(int)) == 1) >= 3
    page = Page(print_="boxes", print_ink=(0, 0, 0), digits=(4, 4), turn=0, slant=0)
    boxed, _ = made(page)
    longest = max(np.count_nonzero(row < 128) for row in boxed)
    assert longest > 0.6 * boxed.shape[1]


def test_a_coarse_picture_has_the_size_that_cheques_have():
    for seed in range(3):
        assert made(CONDITIONS["150 x 45 px"](np.random.default_rng(0)), seed)[0].shape == (45, 150)


def test_an_image_serves_as_a_digit_as_strokes_do():
    square = np.zeros((28, 28), np.uint8)
    square[4:24, 8:20] = 255
    writer = {str(digit): [square] for digit in range(10)}
    content, text = picture_of(replace(Page(), digits=(3, 3)), writer, np.random.default_rng(0))
    grey = np.array(Image.open(BytesIO(content)))[..., 0]
    assert cv2.connectedComponents((grey < 128).astype(np.uint8))[0] - 1 == len(text) == 3
