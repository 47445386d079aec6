import numpy as np
import pytest

from model_training.alphabets import LETTERS
from model_training.datasets import Drawing, Images
from model_training.framing import frame
from model_training.scans import KINDS, render_scans
from model_training.strokes import frame_strokes

SEVEN = Drawing((np.array([[0.2, 0.2], [0.7, 0.18], [0.6, 0.4], [0.5, 0.6], [0.4, 0.85]]),), "7", 1)
ONE = Drawing((np.array([[0.5, 0.1], [0.5, 0.9]]),), "1", 1)
DOT = Drawing((np.array([[0.5, 0.5]]),), "1", 1)
MNIST_LIKE = Images(np.stack([frame_strokes(SEVEN.strokes)] * 3), np.full(3, 7, np.uint8))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_framed_images_that_differ(kind):
    scans = render_scans(24, 1, [SEVEN, ONE], MNIST_LIKE, {kind: 1.0})
    assert set(scans.labels) <= {1, 7}
    assert len(np.unique(scans.images, axis=0)) >= 6
    for image in scans.images:
        assert image.any()
        np.testing.assert_array_equal(frame(image), image)


@pytest.mark.parametrize("kind", KINDS)
def test_a_dot_and_a_line_of_one_pixel_can_be_scanned(kind):
    line = np.zeros((28, 28), np.uint8)
    line[4:24, 14] = 255
    assert len(render_scans(20, 2, [DOT], Images(line[None], np.ones(1, np.uint8)), {kind: 1.0})) == 20


def test_letters_are_scanned_where_only_strokes_are_at_hand():
    none = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    letters = [Drawing(SEVEN.strokes, "r", 1), Drawing(ONE.strokes, "L", 1)]
    scans = render_scans(24, 1, letters, none, alphabet=LETTERS)
    assert set(scans.labels) == {LETTERS.index("R"), LETTERS.index("L")}


def test_the_same_seed_gives_the_same_scans():
    first, again = (render_scans(20, 3, [SEVEN, ONE], MNIST_LIKE) for _ in range(2))
    np.testing.assert_array_equal(first.images, again.images)
