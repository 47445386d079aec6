"""One framed image is told what `predict` tells it among others; what isn't framed is left to that."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.reading.framed_image import predict_framed
from backend.reading.predict import predict
from backend.tests.conftest import StandIn
from backend.tests.pictures import STROKES, pixels_of
from model_training.framing import SIDE, frame

classifier = StandIn()


def check(levels):
    alone = predict_framed(levels, classifier)
    (expected,), (framed,) = predict(levels[None], classifier)
    if alone is not None:
        assert alone == expected
        assert np.array_equal(framed, levels)
    return alone


@pytest.mark.parametrize("digit", STROKES)
def test_a_framed_digit_is_predicted_as_among_others(digit):
    levels = np.array(pixels_of(digit), np.uint8).reshape(SIDE, SIDE)
    assert check(levels) is not None
    for shift in (-1, 1):
        for axis in (0, 1):
            assert check(np.roll(levels, shift, axis)) is None


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1), st.integers(1, 28), st.integers(1, 28), st.sampled_from([1, 2, 40, 255]))
def test_any_ink_is_told_alike(seed, height, width, strongest):
    random = np.random.default_rng(seed)
    ink = random.integers(0, strongest + 1, (height, width), np.uint8)
    check(frame(ink))
    whole = np.zeros((SIDE, SIDE), np.uint8)
    whole[:height, :width] = ink
    check(whole)


@pytest.mark.parametrize("level", [0, 1, 200, 255])
def test_an_even_image_is_left_to_predict(level):
    assert check(np.full((SIDE, SIDE), level, np.uint8)) is None
