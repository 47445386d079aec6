"""Pictures become ink: upright, whatever the paper, and nothing where nothing is written."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from backend.reading.errors import PictureError, PictureTooLargeError
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, in_heic, picture, png_saying
from model_training.framing import frame

MOST = ReadingSettings.max_picture_memory


def framed(content):
    return frame(picture_to_ink(content, MOST).levels).astype(int)


def save(image, kind="PNG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def alike(one, other, tolerance=30):
    return np.abs(one - other).mean() < tolerance / 10 and np.abs(one - other).max() < 255


REFERENCE = framed(picture(grey_of(2)))


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (220, 30), (0, 255), (30, 220), (255, 160), (128, 20)])
def test_any_paper_and_ink_give_the_same_image(paper, ink):
    assert alike(framed(picture(grey_of(2, paper=paper, ink=ink))), REFERENCE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_gives_the_same_image(mode):
    grey = Image.fromarray(grey_of(2))
    image = grey.convert(mode) if mode != "I;16" else Image.fromarray(grey_of(2).astype(np.uint16) * 257)
    assert alike(framed(save(image)), REFERENCE)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF", "BMP"])
def test_every_format_gives_the_same_image(kind):
    assert alike(framed(picture(grey_of(2), kind)), REFERENCE)


@pytest.mark.parametrize("level", [0, 60, 190, 255])
def test_ink_on_transparent_ground_is_read_whatever_its_colour(level):
    alpha = 255 - grey_of(2)
    layers = [np.full_like(alpha, level)] * 3 + [alpha]
    assert alike(framed(save(Image.fromarray(np.dstack(layers), "RGBA"))), REFERENCE)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_exif_turns_a_picture_upright(orientation, kind):
    upright = Image.fromarray(grey_of(2)).convert("RGB")
    # What a camera stores: EXIF's operation, undone.
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for operation in undo.get(orientation, []):
        stored = stored.transpose(operation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert alike(framed(save(stored, kind, exif=exif)), REFERENCE)


@pytest.mark.parametrize("level", [0, 1, 128, 254, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 500), (28, 28), (300, 200)])
def test_an_empty_picture_has_no_ink(level, size):
    assert not picture_to_ink(picture(np.full(size, level, np.uint8)), MOST).levels.any()


def test_paper_with_grain_has_no_ink():
    grain = np.random.default_rng(0).normal(200, 5, (200, 200)).clip(0, 255).astype(np.uint8)
    assert not picture_to_ink(picture(grain), MOST).levels.any()


def test_writing_on_paper_with_grain_is_found_without_the_grain():
    grain = np.random.default_rng(0).normal(0, 4, (200, 200))
    noisy = np.clip(grey_of(2, paper=215, ink=40) + grain, 0, 255).astype(np.uint8)
    assert alike(framed(picture(noisy)), REFERENCE, 60)


def test_an_image_made_for_the_model_keeps_its_levels():
    image = frame(255 - grey_of(3))
    ink = picture_to_ink(picture(image), MOST)
    np.testing.assert_array_equal(ink.levels, image)
    assert ink.cleaned.for_model


def test_cleaning_keeps_all_that_is_written_and_the_digit_is_chosen_after_it():
    page = np.full((400, 700), 255, np.uint8)
    page[100:300, 250:450], page[160:240, 600:680] = grey_of(2, 200, 14), grey_of(3, 80, 6)
    page[:30] = 60  # a desk
    ink = picture_to_ink(picture(page, "JPEG"), MOST)
    written, chosen = ink.cleaned.contrast > 0.2, ink.chosen > 0
    assert written[100:300, 250:450].any()
    assert written[160:240, 600:680].any()
    assert not written[:30].any()
    assert chosen[100:300, 250:450].any()
    assert not chosen[:, 500:].any()
    assert list(ink.stages) == ["grey", "paper removed", "ink", "pen evened"]


def test_a_long_thin_picture_is_no_burden():
    ink = picture_to_ink(picture(np.zeros((1, 15_000_000), np.uint8)), MOST).levels
    assert max(ink.shape) <= 1024


def test_a_large_picture_is_read():
    assert alike(framed(picture(np.kron(grey_of(2), np.ones((18, 18), np.uint8)))), REFERENCE, 60)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((5900, 5900), "5900 x 5900 px takes 173 MiB of memory, and 160 MiB are given"),
        ((35_000_000, 1), "takes 174 MiB"),
        ((14_143, 14_143), "200 megapixels"),
        ((60_000, 60_000), "200 megapixels"),
    ],
)
def test_what_costs_too_much_memory_is_refused_before_decoding(size, words, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _: pytest.fail("it was decoded"))
    with pytest.raises(PictureTooLargeError, match=words):
        picture_to_ink(png_saying(*size), MOST)


@pytest.mark.parametrize("kind", ["TIFF", "HEIC"])
def test_what_scanners_and_phones_write_is_read(kind):
    grey = grey_of(2)
    assert alike(framed(in_heic(grey) if kind == "HEIC" else picture(grey, kind)), REFERENCE)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
def test_every_mode_of_a_tiff_gives_the_same_image(mode, compression):
    levels = {"I;16": (np.uint16, 257), "I": (np.int32, 1000), "F": (np.float32, 1 / 255)}
    if mode in levels:
        kind, factor = levels[mode]
        image = Image.fromarray((grey_of(2).astype(float) * factor).astype(kind))
    else:
        image = Image.fromarray(grey_of(2)).convert(mode)
    assert alike(framed(save(image, "TIFF", compression=compression)), REFERENCE)


def test_a_phones_jpeg_with_further_pictures_behind_it_is_a_jpeg():
    pictures = [Image.fromarray(grey_of(digit)) for digit in (2, 7)]
    content = save(pictures[0], "MPO", save_all=True, append_images=pictures[1:])
    assert alike(framed(content), REFERENCE)
    assert decode(content, MOST).lossy


def test_of_several_pages_the_first_is_read():
    pages = [Image.fromarray(grey_of(digit)) for digit in (2, 7, 1)]
    assert alike(framed(save(pages[0], "TIFF", save_all=True, append_images=pages[1:])), REFERENCE)


@pytest.mark.parametrize(("kind", "words"), [(b"<svg xmlns='x'/>", "SVG.*PNG"), (b"%PDF-1.7", "PDF.*PNG")])
def test_what_is_drawn_and_not_a_picture_is_refused_with_what_to_do(kind, words):
    with pytest.raises(PictureError, match=words):
        picture_to_ink(kind, MOST)


@pytest.mark.parametrize("cut", [40, 200])
def test_a_cut_off_picture_is_refused(cut):
    with pytest.raises(PictureError, match="damaged"):
        picture_to_ink(picture(grey_of(2))[:-cut], MOST)
