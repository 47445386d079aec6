"""What neighbours touch that run out of the picture: the digit in its middle is told by its line."""

import numpy as np
import pytest

from backend.evaluation.photographs import CONDITIONS, photograph
from backend.reading.classifier import GraphClassifier
from backend.reading.middle import middle_pieces, read_middle
from backend.reading.pictures.digit import Ink, picture_to_ink
from backend.tests.pictures import grey_of, picture
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs

MOST = 10**9  # bytes
BLANK = 10


class Reads:
    """Reads the same digits on each line, each at its own share of the line's width."""

    def __init__(self, *places: tuple[int, float]):
        self._places = places

    def read(self, ink: np.ndarray) -> np.ndarray:
        """See LineReader."""
        outputs = np.full(ink.shape[1] // 2, BLANK)
        for digit, share in self._places:
            outputs[round(share * (len(outputs) - 1))] = digit
        return np.log(np.eye(BLANK + 1)[outputs] + 1e-6)


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


def ink_on(grey: np.ndarray) -> Ink:
    return picture_to_ink(picture(grey, "JPEG", quality=92), MOST)


def in_a_row(*digits: int, apart: int = 105) -> np.ndarray:
    """Digits that touch, cut off left and right in the middle of the outermost ones."""
    wide = np.full((300, apart * (len(digits) - 1) + 300), 230, np.uint8)
    for place, digit in enumerate(digits):
        part = wide[50:250, 50 + place * apart : 250 + place * apart]
        np.minimum(part, grey_of(digit, 200, 16, 230, 30), out=part)
    return wide[:, 150 : 150 + apart * (len(digits) - 1)]


@pytest.mark.parametrize("row", [(3, 5, 6), (2, 3, 2), (2, 5, 6)])
def test_the_middle_of_a_line_is_read(classifier, row):
    assert classifier.line_reader is not None
    found = read_middle(ink_on(in_a_row(*row)), classifier.line_reader)
    assert found is not None
    assert found.argmax() == row[1]
    assert 0.5 < found.sum() <= 1


def test_what_no_neighbour_touches_is_not_asked_for():
    grey = np.full((300, 300), 230, np.uint8)
    grey[50:250, 50:250] = grey_of(3, 200, 16, 230, 30)
    assert read_middle(ink_on(grey), Reads((3, 0.5))) is None


def test_what_only_lies_beside_a_digit_in_the_middle_is_not_asked_for():
    grey = np.full((300, 300), 230, np.uint8)
    grey[50:250, 50:250] = grey_of(3, 200, 10, 230, 30)
    grey[:, :40] = 30  # heavier than the digit, and at the edge
    assert read_middle(ink_on(grey), Reads((8, 0.5))) is None


def test_an_empty_picture_has_no_middle():
    empty = ink_on(np.full((300, 300), 230, np.uint8))
    assert read_middle(empty, Reads((3, 0.5))) is None
    assert middle_pieces(empty.cleaned) == []


@pytest.mark.parametrize(
    ("places", "middle"),
    [
        (((1, 0.1), (2, 0.3), (3, 0.5)), 2),
        (((1, 0.3), (2, 0.6)), 1),
        (((7, 0.05),), 7),
    ],
)
def test_of_a_line_the_digit_nearest_the_middle_is_taken(places, middle):
    found = read_middle(ink_on(in_a_row(3, 5, 6)), Reads(*places))
    assert found is not None
    assert found.argmax() == middle
    assert found[middle] > 0.9


def test_a_line_on_which_nothing_is_read_speaks_for_no_digit():
    found = read_middle(ink_on(in_a_row(3, 5, 6)), Reads())
    assert found is not None
    assert found.max() < 0.01


def test_a_narrow_neighbour_that_is_seen_whole_does_not_hide_the_middle():
    grey = np.full((300, 240), 230, np.uint8)
    grey[50:250, 40:60] = 30  # a one, and a digit that is touched by what runs out of the picture
    grey[:, 90:] = in_a_row(3, 5, 6, apart=95)[:, 40:]
    assert read_middle(ink_on(grey), Reads((1, 0.1), (5, 0.5))).argmax() == 5


def test_what_is_too_long_for_a_line_is_not_read():
    grey = np.full((120, 5000), 230, np.uint8)
    grey[50:70] = 30
    assert read_middle(ink_on(grey), Reads((1, 0.5))) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_vignette_is_no_neighbour(seed):
    three = glyphs(DIGIT_GLYPHS)["3"]
    rng = np.random.default_rng(seed)
    content = photograph(CONDITIONS["punched page, vignetted"](rng), three, rng)
    ink = picture_to_ink(content, MOST)
    assert ink.chosen.any()
    assert read_middle(ink, Reads((8, 0.5))) is None
