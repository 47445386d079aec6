"""Lines through digits that neighbours touch say truly what stands in the picture's middle."""

from dataclasses import replace

import numpy as np
import pytest

from backend.evaluation.cutouts import CutOut, cut_out
from backend.evaluation.middle_lines import LEAST_WIDE, line_of, some_cut_out, some_neighbour
from backend.reading.line_reader import LINE_HEIGHT, STEP
from model_training.datasets import Drawing
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs

DIGITS = {name[0]: strokes for name, strokes in glyphs(DIGIT_GLYPHS).items()}
TOUCHED = CutOut(neighbours="beside", apart=(-0.1, -0.08), room=(0.15, 0.2))


def picture(kind: CutOut) -> bytes:
    return cut_out(kind, DIGITS["3"], [DIGITS["8"], DIGITS["0"]], np.random.default_rng(2))


def test_neighbours_are_beside_the_digit_only_and_no_form_is_printed_around_it():
    kinds = [some_cut_out(np.random.default_rng(seed)) for seed in range(200)]
    assert {kind.neighbours for kind in kinds} == {"beside"}
    assert not any(kind.printing for kind in kinds)
    assert all(low < 0 and low < high for low, high in (kind.apart for kind in kinds))


def test_of_a_digit_that_neighbours_touch_there_is_the_line_and_the_digit():
    ink, digits = line_of(picture(TOUCHED), "3")
    assert digits == [3]
    assert (ink.dtype, ink.shape[0], ink.shape[1] % STEP) == (np.uint8, LINE_HEIGHT, 0)
    assert ink.max() > 200


def test_of_a_letter_nothing_is_read():
    _, digits = line_of(picture(TOUCHED), "B")
    assert digits == []


@pytest.mark.parametrize("kind", [replace(TOUCHED, apart=(0.2, 0.25)), replace(TOUCHED, neighbours="")])
def test_of_a_digit_that_nothing_touches_there_is_no_line(kind):
    assert line_of(picture(kind), "3") is None


def test_no_neighbour_is_so_narrow_that_it_may_be_seen_whole():
    person = {name: [Drawing(strokes, name, writer=0)] for name, strokes in DIGITS.items()}
    rng = np.random.default_rng(0)
    for _ in range(50):
        width, height = np.ptp(np.concatenate(some_neighbour(person, rng)), axis=0)
        assert width >= LEAST_WIDE * height
