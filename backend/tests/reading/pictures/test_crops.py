"""Pictures that end where the digit ends: told from pages, and read."""

import cv2
import numpy as np
import pytest

from backend.reading.pictures.cleaning import photograph_contrast
from backend.reading.pictures.crops import even_paper, margin_of, paper_of_crop
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.pictures.paper import remove_paper
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, picture
from model_training.framing import crop_to_ink, frame

DIGITS = [0, 2, 3, 5, 6]


def crop_of(digit, pen=36, paper=235, ink=25, blur=0.0):
    """A thick digit that runs from edge to edge, uint8 (height, width, 3)."""
    drawn = crop_to_ink(255 - grey_of(digit, 200, pen)).astype(np.float32) / 255
    grey = paper + (ink - paper) * drawn
    return np.dstack([cv2.GaussianBlur(grey, (0, 0), blur) if blur else grey] * 3).astype(np.uint8)


@pytest.mark.parametrize(("paper", "ink"), [(235, 25), (255, 0), (20, 230), (150, 60)])
@pytest.mark.parametrize("blur", [0, 6])
@pytest.mark.parametrize("digit", DIGITS)
def test_the_paper_of_a_crop_is_found_in_either_polarity(digit, blur, paper, ink):
    found = paper_of_crop(crop_of(digit, paper=paper, ink=ink, blur=blur))
    assert found is not None
    assert np.abs(found.astype(float) - paper).max() < 0.25 * abs(paper - ink)


@pytest.mark.parametrize("digit", DIGITS)
def test_a_crop_is_read_as_the_same_digit_with_paper_around_it(digit):
    crop = crop_of(digit, blur=6)
    cropped, whole = (
        frame(picture_to_ink(picture(grey), ReadingSettings.max_picture_memory).levels).astype(float)
        for grey in (crop[..., 0], np.pad(crop[..., 0], 60, constant_values=235))
    )
    assert np.abs(cropped - whole).mean() < 12  # levels; other digits differ by more than 25


def test_crops_of_different_digits_differ():
    crops = [picture(crop_of(digit, blur=6)[..., 0]) for digit in DIGITS]
    framed = [frame(picture_to_ink(crop, ReadingSettings.max_picture_memory).levels) for crop in crops]
    for i, one in enumerate(framed):
        for other in framed[:i]:
            assert np.abs(one.astype(float) - other).mean() > 25


def page():
    grey = np.full((300, 400), 235, np.uint8)
    grey[80:220, 150:250] = cv2.resize(grey_of(2, 200, 24, 235, 25), (100, 140))
    return grey


def ruled():
    grey = page()
    grey[30::45] = grey[31::45] = grey[32::45] = 90
    return grey


def squared():
    grey = ruled()
    grey[:, 20::45] = grey[:, 21::45] = grey[:, 22::45] = 90
    return grey


def with_desk():
    grey = page()
    grey[:, :70] = 60
    return grey


def surrounded():
    return np.pad(page(), 40, constant_values=50)


def with_narrow_desk():
    grey = page()
    grey[:, :30] = 40
    grey[-25:] = 40
    return grey


def note():
    grey = np.full((300, 400), 70, np.uint8)
    grey[8:292, 58:342] = page()[8:292, 58:342]
    return grey


def in_shadow():
    return (page() * np.linspace(0.3, 1, 400)[None]).astype(np.uint8)


def half_in_shadow():
    return (page() * np.where(np.arange(400) < 220, 0.4, 1)[None]).astype(np.uint8)


def thin():
    return 255 - crop_to_ink(255 - grey_of(3, 200, 4))


def blank():
    return np.full((60, 80), 200, np.uint8)


def noise():
    return np.random.default_rng(0).integers(0, 256, (100, 100)).astype(np.uint8)


PAGES = [page, ruled, squared, with_desk, with_narrow_desk, note, surrounded, in_shadow, half_in_shadow]


@pytest.mark.parametrize("make", [*PAGES, thin, blank, noise], ids=lambda make: make.__name__)
def test_what_is_no_tight_crop_has_its_paper_estimated_place_by_place(make):
    assert paper_of_crop(np.dstack([make()] * 3)) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (2, 2), (3, 400), (1, 800)])
def test_pictures_of_hardly_any_pixels_are_judged_too(shape):
    values = np.random.default_rng(0).integers(0, 256, (*shape, 3)).astype(np.uint8)
    found = paper_of_crop(values)
    assert found is None or found.shape == (3,)


def test_contrast_with_a_known_paper_is_the_same_everywhere():
    crop = crop_of(0)
    contrast = remove_paper(crop, np.full(3, 235, np.uint8))
    np.testing.assert_allclose(contrast, 1 - crop[..., 0] / 235, atol=0.01)


def test_a_margin_of_paper_is_added_around_a_crop():
    contrast, margin = photograph_contrast(cv2.resize(crop_of(0), (240, 320)))
    assert margin == margin_of((320, 240)) == 64
    assert contrast.shape == (320 + 2 * margin, 240 + 2 * margin)
    assert contrast[: margin - 4].max() < 0.05
    assert contrast[margin : margin + 40].max() > 0.5


def test_even_paper_is_what_most_of_a_picture_shows():
    assert even_paper(crop_of(0)).tolist() == [235] * 3
    assert even_paper(255 - crop_of(0)).tolist() == [20] * 3
