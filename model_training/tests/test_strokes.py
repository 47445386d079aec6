import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_training.framing import BOX, crop_to_ink, frame
from model_training.strokes import DOT_EXTENT, PEN_WIDTH, draw_strokes, frame_strokes
from model_training.tests.golden_cases import PATH, STROKES, pixels_of, strokes_of

GOLDEN = {case["name"]: case for case in json.loads(PATH.read_text())["strokes"]}

points = st.lists(st.tuples(*[st.integers(0, 64).map(lambda v: v / 64)] * 2), min_size=1, max_size=12)
drawings = st.lists(points.map(np.array), min_size=1, max_size=4)


@pytest.mark.parametrize("name", STROKES)
def test_golden_case_is_drawn_as_recorded(name):
    case = GOLDEN[name]
    np.testing.assert_array_equal(frame_strokes(strokes_of(case["strokes"])), pixels_of(case["framed"]))


def test_every_golden_case_is_recorded():
    assert set(GOLDEN) == set(STROKES)


@given(drawings)
def test_a_drawing_is_framed_already(strokes):
    framed = frame_strokes(strokes)
    np.testing.assert_array_equal(frame(framed), framed)


@given(drawings)
def test_a_drawing_larger_than_a_dot_is_20_px_long(strokes):
    everything = np.concatenate(strokes)
    if np.ptp(everything, axis=0).max() >= DOT_EXTENT:
        assert max(crop_to_ink(frame_strokes(strokes)).shape) == BOX


@given(drawings, st.sampled_from([0.25, 0.5, 2.0]), st.sampled_from([-1.0, 0.0, 0.5]))
def test_size_and_place_do_not_matter(strokes, scale, shift):
    moved = [s * scale + shift for s in strokes]
    if np.ptp(np.concatenate(strokes), axis=0).max() * min(scale, 1) >= DOT_EXTENT:
        np.testing.assert_array_equal(frame_strokes(moved), frame_strokes(strokes))


@given(drawings)
def test_the_direction_of_the_pen_does_not_matter(strokes):
    backwards = [s[::-1] for s in strokes[::-1]]
    difference = frame_strokes(backwards).astype(int) - frame_strokes(strokes)
    assert np.abs(difference).max() <= 1


def test_a_dot_is_a_disc_of_the_pen():
    disc = frame_strokes([np.array([[0.3, 0.9]])])
    assert disc.sum() / 255 == pytest.approx(np.pi * (PEN_WIDTH / 2) ** 2, rel=0.1)


def test_level_falls_off_with_the_distance_from_the_line():
    bitmap = draw_strokes([np.array([[2.0, 5.5], [18.0, 5.5]])], side=20, pen_width=2)
    assert bitmap[:, 10].tolist() == [0, 0, 0, 0, 128, 255, 128, *[0] * 13]


@pytest.mark.parametrize(
    ("stroke", "message"),
    [
        ([1.0, 2.0], r"\(N, 2\)"),
        ([[1, 2, 3]], r"\(N, 2\)"),
        ([[0.0, np.nan]], "finite"),
        ([[np.inf, 0]], "finite"),
    ],
)
def test_what_is_not_a_stroke_is_refused(stroke, message):
    with pytest.raises(ValueError, match=message):
        frame_strokes([np.array(stroke)])
