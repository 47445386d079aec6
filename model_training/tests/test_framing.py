import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from model_training.framing import BOX, CENTRE, SIDE, SPECK, crop_to_ink, frame, resample
from model_training.tests.golden_cases import INK, PATH, ink_of, pixels_of

GOLDEN = {case["name"]: case for case in json.loads(PATH.read_text())["ink"]}

inks = hnp.arrays(
    np.uint8,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=70),
    elements=st.sampled_from([0, 0, 0, 1, 90, 255]),
)


def centre_of_mass(image):
    total = image.sum(dtype=float)
    index = np.arange(SIDE)
    return (image.sum(axis=1) @ index) / total, (image.sum(axis=0) @ index) / total


@pytest.mark.parametrize("name", INK)
def test_golden_case_is_framed_as_recorded(name):
    case = GOLDEN[name]
    np.testing.assert_array_equal(frame(ink_of(case)), pixels_of(case["framed"]))


def test_every_golden_case_is_recorded():
    assert set(GOLDEN) == set(INK)


@given(inks)
def test_framing_is_idempotent(ink):
    framed = frame(ink)
    np.testing.assert_array_equal(frame(framed), framed)


@given(inks, st.integers(0, 30), st.integers(0, 30))
def test_where_the_ink_lies_does_not_matter(ink, down, right):
    moved = np.pad(ink, ((down, 3), (right, 5)))
    np.testing.assert_array_equal(frame(moved), frame(ink))


@given(inks)
def test_framed_ink_is_20_px_long_and_centred_by_mass_unless_kept_from_the_edge(ink):
    framed = frame(ink)
    assert framed.shape == (SIDE, SIDE)
    assert framed.dtype == np.uint8
    cropped = crop_to_ink(framed)
    if not ink.any():
        assert not framed.any()
        return
    if max(crop_to_ink(ink).shape) > SPECK:
        assert max(cropped.shape) == BOX
    for axis, centre in enumerate(centre_of_mass(framed)):
        inked = np.flatnonzero(framed.any(axis=1 - axis))
        at_the_edge = inked[0] == 0 or inked[-1] == SIDE - 1
        assert CENTRE - 0.5 <= centre < CENTRE + 0.5 or at_the_edge


@given(inks)
def test_the_input_is_not_changed(ink):
    before = ink.copy()
    frame(ink)
    np.testing.assert_array_equal(ink, before)


@given(inks)
def test_floats_and_integers_of_the_same_levels_are_framed_alike(ink):
    np.testing.assert_array_equal(frame(ink.astype(float)), frame(ink))
    np.testing.assert_array_equal(frame(ink.astype(np.int64)), frame(ink))


@settings(max_examples=40)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 40), st.integers(1, 40), st.integers(1, 255))
def test_resampling_keeps_a_flat_level(height, width, new_height, new_width, level):
    flat = np.full((height, width), level, np.uint8)
    assert (resample(flat, new_height, new_width) == level).all()


def test_shrinking_by_a_whole_factor_is_the_mean_of_each_block():
    ink = np.random.default_rng(0).integers(0, 256, (40, 60)).astype(np.uint8)
    blocks = ink.reshape(20, 2, 20, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(resample(ink, 20, 20), blocks, atol=0.5 + 1e-9)


@pytest.mark.parametrize(
    ("ink", "message"),
    [
        (np.zeros(784), "2-D"),
        (np.zeros((28, 28, 1)), "2-D"),
        (np.full((28, 28), 256), "0..255"),
        (np.full((28, 28), -1), "0..255"),
        (np.full((28, 28), np.nan), "0..255"),
        (np.full((28, 28), np.inf), "0..255"),
    ],
)
def test_what_is_not_ink_is_refused(ink, message):
    with pytest.raises(ValueError, match=message):
        frame(ink)


def test_mnist_test_images_are_framed_already(mnist):
    images = mnist[1].images
    unchanged = np.mean([np.array_equal(frame(image), image) for image in images])
    assert unchanged >= 0.999
