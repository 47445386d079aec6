"""A picture file is decoded: upright, without transparency, at a working size, in bounded memory."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.reading.errors import PictureError, PictureTooLargeError
from backend.reading.pictures.memory import (
    HEIC,
    WORKING,
    Budget,
    check_cost,
    cost_of,
    cost_of_scans,
)

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIC")
BY_PILLOW = FORMATS[:-1]
JPEGS = ("JPEG", "MPO")  # what phones write is often a JPEG that has further pictures behind it
LOSSY = (*JPEGS, "WEBP")
SIDE_LIMIT = 800  # px, finer detail than this never reaches the 28x28
STRIP = 1 << 18  # px, that are converted and shrunk at a time
MOST_PIXELS = 200_000_000  # the largest phone's; a JPEG's cost little memory, but time
# The brands of HEIF files that hold HEVC pictures (ISO/IEC 23008-12), at bytes 8 to 11.
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
DRAWINGS = {
    "an SVG drawing": "export it as a PNG, or take a picture of the screen, and send that",
    "a PDF document": "save the page as a PNG, or take a picture of the screen, and send that",
}
DECODING = Budget()  # of all threads of this process
Strips = Callable[[int, int], Image.Image]  # from one row to another: what is between them, RGB or RGBA
# What is too large is told by what it costs, here; Pillow's own limit is for damaged sizes beyond that.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A decoded picture, upright and at most 800 px a side."""

    colours: np.ndarray  # (height, width, 3) uint8
    lossy: bool  # whether its format loses detail, as a camera's does
    full_size: tuple[int, int] | None = None  # px, width and height before it was shrunk, upright


def decode(content: bytes, most_memory: int) -> Picture:
    """Return the picture in the file `content`.

    The format is told by content, never by name. The first frame or page is taken, EXIF turns it upright,
    and the longer side is at most 800 px, to which a JPEG is shrunk while it is decoded. All pictures that
    are decoded at a time take `most_memory` bytes together; further ones wait.

    Raises PictureTooLargeError, before decoding, where the picture alone would take more or has over 200
    megapixels; PictureError if it can't be decoded.
    """
    try:
        if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
            return _decode_heic(content, most_memory)
        return _decode_by_pillow(content, most_memory)
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError(_what_it_must_be(content)) from None
    except Image.DecompressionBombError:
        raise PictureTooLargeError(f"may have {MOST_PIXELS / 1e6:g} megapixels, it has far more") from None
    except Exception:
        # Decoders raise whatever comes to their mind on damaged files, and no more can be told.
        raise PictureError("is damaged: it can't be decoded") from None


def _decode_by_pillow(content: bytes, most_memory: int) -> Picture:
    picture = Image.open(BytesIO(content), formats=BY_PILLOW)
    size, lossy = picture.size, picture.format in LOSSY
    full_size = size
    _check_pixels(size)
    cost = 0
    if picture.format in JPEGS:
        cost = cost_of_scans(picture, content)
        picture.draft("RGB", (SIDE_LIMIT, SIDE_LIMIT * min(size) // max(size)))
    cost += cost_of(picture, content)
    check_cost(cost, most_memory, size)
    with DECODING.take(cost, most_memory):
        picture.load()
        # Only now: a TIFF has been turned upright by Pillow, and a PNG's EXIF may stand at its end.
        orientation, size = picture.getexif(), picture.size
        narrow = _narrowed(size, _strips_of(picture))
        del picture  # its memory, before others may take it
        colours = _shrunk(narrow, size)
        # Not every conversion keeps the orientation.
        colours.info["exif"] = orientation.tobytes()
        upright = np.asarray(ImageOps.exif_transpose(colours))
        return Picture(upright, lossy, _as_wide_as(upright, full_size))


def _as_wide_as(upright: np.ndarray, size: tuple[int, int]) -> tuple[int, int]:
    """The `size` of a file's picture, its sides exchanged if it was laid on its side."""
    height, width = upright.shape[:2]
    shorter, longer = sorted(size)
    return (longer, shorter) if width >= height else (shorter, longer)


def _strips_of(picture: Image.Image) -> Strips:
    highest = picture.getextrema()[1] if picture.mode in ("I", "F") else 0
    assert isinstance(highest, int | float)
    return lambda top, bottom: _to_colours(picture.crop((0, top, picture.width, bottom)), highest)


def _decode_heic(content: bytes, most_memory: int) -> Picture:
    import pi_heif  # only where one comes; it loads a large library

    pi_heif.options.DECODE_THREADS = 1  # there is a worker a core
    file = pi_heif.open_heif(content)
    width, height = size = file.size
    _check_pixels(size)
    cost = WORKING + HEIC * width * height
    check_cost(cost, most_memory, size)
    with DECODING.take(cost, most_memory):
        levels = np.asarray(file)[:, :width]  # (height, width, channels) uint8, turned upright by libheif
        narrow = _narrowed(size, _strips_of_array(levels))
        del levels, file
        return Picture(np.asarray(_shrunk(narrow, size)), True, size)


def _strips_of_array(levels: np.ndarray) -> Strips:
    return lambda top, bottom: _to_colours(Image.fromarray(levels[top:bottom]))


def _check_pixels(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise PictureTooLargeError(f"may have {MOST_PIXELS / 1e6:g} megapixels, it has {width} x {height} px")


def _what_it_must_be(content: bytes) -> str:
    head = content[:4096].lower()
    kind = "an SVG drawing" if b"<svg" in head else "a PDF document" if head.startswith(b"%pdf-") else ""
    if kind:
        return f"is {kind}, which is not read: {DRAWINGS[kind]}"
    return f"must be a {', '.join(FORMATS[:-1])} or {FORMATS[-1]} picture"


def _narrowed(size: tuple[int, int], strips: Strips) -> Image.Image:
    """Return a picture of `size`, strip by strip, at its working width, shrunk by a whole factor in height.

    With `_shrunk` after it, this is what `Image.thumbnail` does to the whole of it.
    """
    width, height = size
    (narrow, _), (across, down) = _working_size(size), _factors(size)
    if _working_size(size) == size:
        return strips(0, height)
    rows = down * max(1, STRIP // (width * down))
    narrowed = []
    for top in range(0, height, rows):
        strip = strips(top, min(top + rows, height))
        if across * down > 1:
            strip = strip.reduce((across, down))
        box = 0, 0, width / across, strip.height
        narrowed.append(np.asarray(strip.resize((narrow, strip.height), Image.Resampling.BOX, box)))
    return Image.fromarray(np.concatenate(narrowed))


def _shrunk(narrow: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a picture of `size`, `narrow` already, as RGB at its working size."""
    shrunk = narrow
    if _working_size(size) != size:
        box = 0, 0, narrow.width, size[1] / _factors(size)[1]
        shrunk = narrow.resize(_working_size(size), Image.Resampling.BOX, box)
    return _without_transparency(shrunk) if shrunk.mode == "RGBA" else shrunk


def _working_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1, SIDE_LIMIT / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _factors(size: tuple[int, int]) -> tuple[int, int]:
    """The whole factors, in width and height, that leave at least twice the working size."""
    width, height = _working_size(size)
    return max(1, size[0] // (2 * width)), max(1, size[1] // (2 * height))


def _to_colours(strip: Image.Image, highest: float = 0) -> Image.Image:
    """Return `strip` as RGB, or as RGBA where something may be transparent.

    `highest` is the picture's highest level where its mode doesn't say how high that may be.
    """
    if strip.mode.startswith("I;16"):
        return _from_levels(np.asarray(strip, np.float32) / 257)
    if strip.mode in ("I", "F"):
        return _from_levels(np.asarray(strip, np.float32) * (255 / max(highest, 1e-9)))
    return strip.convert("RGBA" if strip.has_transparency_data else "RGB")


def _from_levels(levels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.nan_to_num(np.clip(levels + 0.5, 0, 255)).astype(np.uint8)).convert("RGB")


def _without_transparency(layer: Image.Image) -> Image.Image:
    flat = Image.new("RGBA", layer.size, _ground(np.asarray(layer)))
    flat.alpha_composite(layer)
    return flat.convert("RGB")


def _ground(layer: np.ndarray) -> tuple[int, int, int]:
    """The colour to lay `layer`, (height, width, 4), over: what its opaque part can be told from.

    Where most of it is transparent the opaque part is the ink, else the opaque part is the paper.
    """
    opaque = layer[layer[..., 3] > 127, :3]  # (n, 3)
    if len(opaque) == 0:
        return (255, 255, 255)
    colour = np.median(opaque, axis=0)
    if 2 * len(opaque) > layer.shape[0] * layer.shape[1]:
        red, green, blue = colour.tolist()
        return round(red), round(green), round(blue)
    return (0, 0, 0) if colour.mean() > 127 else (255, 255, 255)
