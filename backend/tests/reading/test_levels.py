"""Paper is told from ink before the bounding box, and numbers that are no levels are told as such."""

import numpy as np
import pytest

from backend.reading.levels import frame_ink, ink_of, wrong_levels
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.reasons import Reason
from backend.reading.settings import ReadingSettings
from backend.tests.bad_inputs import unlike_levels
from backend.tests.pictures import STROKES, picture, pixels_of
from model_training.framing import frame, frame_all, resample

MOST = ReadingSettings.max_picture_memory


def small(digit: int, height: int = 13) -> np.ndarray:
    """A clean digit `height` px high near the corner of a 28x28 image, uint8."""
    drawn = np.array(pixels_of(digit), np.uint8).reshape(28, 28)[4:24, 4:24]
    image = np.zeros((28, 28), np.uint8)
    image[2 : 2 + height, 12 : 12 + height] = resample(drawn, height, height)
    return image


CLEAN = np.stack([small(digit) for digit in STROKES])


def with_noise(images: np.ndarray, most: int, kind: str) -> np.ndarray:
    rng = np.random.default_rng(most)
    noise = {
        "even": rng.integers(0, most + 1, images.shape),
        "both ways": rng.integers(-most, most + 1, images.shape),
        "bell-shaped": np.round(rng.normal(0, most / 2, images.shape)),
        "dust": (rng.random(images.shape) < 0.02) * rng.integers(1, most + 1, images.shape),
    }[kind]
    return np.clip(images + noise, 0, 255)


def without_paper(images: np.ndarray) -> np.ndarray:
    return np.stack([ink_of(image) for image in np.round(images).astype(np.uint8)])


def box(image: np.ndarray) -> np.ndarray:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])


def check_alike(images: np.ndarray) -> None:
    """The bounding boxes are those of the clean digits, but for a soft edge, and so is the ink."""
    for image, clean in zip(images, CLEAN, strict=True):
        assert np.abs(box(image) - box(clean)).max() <= 1
    assert np.abs(images.astype(int) - CLEAN).max() <= 16


def test_clean_digits_are_left_as_they_are():
    np.testing.assert_array_equal(without_paper(CLEAN), CLEAN)


def test_one_pixel_of_level_1_in_two_corners_changes_nothing():
    dusty = CLEAN.copy()
    dusty[:, 0, 0] = dusty[:, 27, 27] = 1
    np.testing.assert_array_equal(without_paper(dusty), CLEAN)
    np.testing.assert_array_equal(frame_ink(dusty), frame_all(CLEAN))
    for image, clean in zip(dusty, CLEAN, strict=True):
        as_picture = picture_to_ink(picture(image), MOST)
        assert as_picture.cleaned.for_model
        np.testing.assert_array_equal(frame(as_picture.levels), frame(clean))


@pytest.mark.parametrize("kind", ["even", "both ways", "bell-shaped", "dust"])
@pytest.mark.parametrize("most", [1, 2, 4, 8])
def test_noise_of_up_to_8_levels_moves_and_enlarges_nothing(kind, most):
    check_alike(without_paper(with_noise(CLEAN, most, kind)))


@pytest.mark.parametrize("paper", [5, 20, 40])
def test_paper_that_is_not_quite_white_is_paper(paper):
    grey = np.round(paper + CLEAN * ((255 - paper) / 255))
    check_alike(without_paper(with_noise(grey, 4, "both ways")))


def test_a_scan_that_was_padded_to_a_square_is_not_framed_as_its_paper():
    scan = np.where(np.arange(28)[:, None] < 24, np.round(25 + CLEAN * (230 / 255)), 0)
    check_alike(without_paper(scan))


def test_a_faint_stroke_is_ink():
    faint = np.zeros((28, 28), np.uint8)
    faint[3:20, 14:16] = 40
    np.testing.assert_array_equal(ink_of(faint), faint)


@pytest.mark.parametrize("kind", ["even", "both ways", "dust"])
def test_noise_alone_is_an_empty_image(kind):
    assert not without_paper(with_noise(np.zeros((5, 28, 28)), 8, kind)).any()


def test_every_image_of_mnist_is_framed_as_if_nothing_were_removed(mnist):
    images, _ = mnist
    assert (frame_ink(images) == frame_all(images)).all()
    assert wrong_levels(images.astype(float)) == [None] * len(images)


@pytest.mark.parametrize(("code", "pixels"), unlike_levels().values(), ids=unlike_levels())
def test_numbers_that_are_no_levels_are_told(code, pixels):
    assert wrong_levels(np.array([pixels])) == [Reason(code)]


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((28, 28)),
        np.full((28, 28), 0.4),
        np.eye(28) * (np.arange(28) < 9),  # dust on an empty image
        np.pad(np.full((26, 26), 255.0), 1),  # much ink on a little paper
        np.full((28, 28), 40.0),
    ],
)
def test_what_may_be_levels_is_not_doubted(image):
    assert wrong_levels(image[None]) == [None]
