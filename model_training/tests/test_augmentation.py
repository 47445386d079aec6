import dataclasses

import numpy as np
import pytest

from model_training.augmentation import NO_AUGMENTATION, Augmentation, augment
from model_training.datasets import Drawing
from model_training.framing import frame
from model_training.stroke_augmentation import (
    distort,
    draw_by_some_route,
    render,
    render_canvas,
    render_resized,
    render_variants,
)
from model_training.strokes import frame_strokes

SEVEN = Drawing((np.array([[0.2, 0.2], [0.7, 0.18], [0.6, 0.4], [0.5, 0.6], [0.4, 0.85]]),), "7", 1)
FOUR = Drawing((np.array([[0.4, 0.2], [0.3, 0.5], [0.7, 0.5]]), np.array([[0.6, 0.3], [0.6, 0.9]])), "4", 1)


@pytest.fixture
def images():
    framed = np.stack([frame_strokes(SEVEN.strokes), frame_strokes(FOUR.strokes)] * 4)
    return framed[..., None].astype(np.float32)


def test_the_same_seed_gives_the_same_distortions(images):
    first, again = augment(images, [1, 2]), augment(images, [1, 2])
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, augment(images, [1, 3]))


def test_images_of_one_batch_are_distorted_differently(images):
    distorted = augment(images, [1, 2]).numpy()
    assert not np.allclose(distorted[0], distorted[2])


def test_levels_stay_between_paper_and_full_ink(images):
    distorted = augment(images, [5, 6]).numpy()
    assert distorted.shape == images.shape
    assert distorted.min() >= 0
    assert distorted.max() <= 255


def test_no_distortion_gives_the_image_back(images):
    np.testing.assert_allclose(augment(images, [1, 2], NO_AUGMENTATION), images, atol=1e-3)


def test_a_shift_moves_the_ink_and_keeps_it(images):
    shifted = augment(images, [1, 2], Augmentation(**{**vars(NO_AUGMENTATION), "shift": 3.0})).numpy()
    assert shifted.sum() == pytest.approx(images.sum(), rel=0.01)
    assert not np.allclose(shifted, images, atol=50)


def test_noise_comes_on_some_images_and_on_paper_too(images):
    clean = np.tile(images, (20, 1, 1, 1))
    noisy = augment(clean, [1, 2], Augmentation(**{**vars(NO_AUGMENTATION), "noise": 0.3})).numpy()
    changed = np.abs(noisy - clean).max(axis=(1, 2, 3)) > 1e-3
    assert 0.05 < changed.mean() < 0.35
    assert noisy[:, 0, 0, 0].max() > 0


def test_distorted_strokes_leave_their_digit_as_it_was():
    before = [s.copy() for s in FOUR.strokes]
    distort(FOUR, np.random.default_rng(0))
    for stroke, copy in zip(FOUR.strokes, before, strict=True):
        np.testing.assert_array_equal(stroke, copy)


def test_some_sevens_get_a_crossbar_and_no_four_does():
    rng = np.random.default_rng(0)
    assert any(len(distort(SEVEN, rng)) > 1 for _ in range(40))
    assert max(len(distort(FOUR, rng)) for _ in range(40)) <= 3


def test_variants_are_framed_labelled_and_reproducible():
    variants = render_variants([SEVEN, FOUR], 5, seed=3)
    assert variants.labels.tolist() == [7] * 5 + [4] * 5
    assert len(np.unique(variants.images, axis=0)) == 10
    for image in variants.images:
        np.testing.assert_array_equal(frame(image), image)
    np.testing.assert_array_equal(render_variants([SEVEN, FOUR], 5, seed=3).images, variants.images)


def test_wherever_strokes_were_bent_to_no_route_cuts_their_ink():
    bent = [s * (3, 1.5) - (0.8, 0.4) for s in FOUR.strokes]
    moved = [s / 10 + 0.4 for s in bent]
    for seed in range(30):  # every route several times
        image, again = (draw_by_some_route(s, np.random.default_rng(seed)) for s in (bent, moved))
        np.testing.assert_allclose(image.astype(int), again, atol=1)


def test_resized_drawings_are_not_framed_and_hold_the_whole_digit():
    framed, resized = render([SEVEN, FOUR]), render_resized([SEVEN, FOUR])
    for image, small in zip(framed.images, resized.images, strict=True):
        assert not np.array_equal(frame(small), small)
        assert np.corrcoef(frame(small).ravel(), image.ravel())[0, 1] > 0.6


def test_a_shrunk_canvas_shows_the_digit_where_and_as_large_as_it_was_written():
    small = dataclasses.replace(SEVEN, strokes=tuple(s * 0.4 + (0.5, 0.1) for s in SEVEN.strokes))
    (image,) = render_canvas([small]).images
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    low, high = (edge(np.concatenate(small.strokes), axis=0) * 28 for edge in (np.min, np.max))
    np.testing.assert_allclose([columns[0], rows[0]], low, atol=2.5)
    np.testing.assert_allclose([columns[-1], rows[-1]], high, atol=2.5)
