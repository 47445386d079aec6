"""An uploaded picture becomes ink."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.errors import Problem

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
LOSSY = ("JPEG", "WEBP")
SIDE_LIMIT = 1024  # px, finer detail than this never reaches the 28x28
FAINTEST = 32  # levels between paper and ink; less is no writing
RINGING = 24  # levels that lossy compression leaves around a stroke
FULL_CONTRAST = 200  # levels; stronger ink is left as it is
NOISE_FACTOR = 8  # what differs more from the paper than its own spread is ink


def picture_to_ink(content: bytes, most_pixels: int) -> np.ndarray:
    """Return the last of `picture_to_stages`: the ink, (height, width) uint8, 0 for paper to 255."""
    return picture_to_stages(content, most_pixels)["ink"]


def picture_to_stages(content: bytes, most_pixels: int) -> dict[str, np.ndarray]:
    """Return how the picture file `content` becomes ink: stages by name, in order, each 2-D uint8.

    The format is told by content, never by name; EXIF turns it upright; transparency is laid over
    white; the paper is what the border shows, dark or light. A picture without writing gives no ink.

    Raises Problem: 413 over `most_pixels`, before decoding; 422 if it can't be decoded.
    """
    grey, lossy = _decode(content, most_pixels)
    return {"grey": grey.astype(np.uint8), **grey_to_stages(grey, lossy)}


def grey_to_stages(grey: np.ndarray, lossy: bool = False) -> dict[str, np.ndarray]:
    """Return "paper removed" and "ink", uint8, of `grey`, 2-D float levels 0..255.

    `lossy` expects compression artefacts.

    Clean ink on clean paper keeps its levels: an image made for the model comes through unchanged.
    """
    border = _border(grey)
    paper = np.median(border)
    ink = np.clip(paper - grey if paper > 127 else grey - paper, 0, 255)  # (height, width)
    spread = float(np.median(np.abs(border - paper)))
    noise = max(NOISE_FACTOR * spread, RINGING if lossy else 0)
    bare = np.floor(ink + 0.5).astype(np.uint8)
    peak = float(ink.max())
    if peak < max(FAINTEST, noise):
        return {"paper removed": bare, "ink": np.zeros(ink.shape, np.uint8)}
    ink[ink <= noise] = 0
    if peak < FULL_CONTRAST:
        ink *= 255 / peak
    return {"paper removed": bare, "ink": np.floor(ink + 0.5).astype(np.uint8)}


def _decode(content: bytes, most_pixels: int) -> tuple[np.ndarray, bool]:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > most_pixels:
                raise _too_large(f"{width} x {height} px", most_pixels)
            lossy = picture.format in LOSSY
            picture.draft("RGB", (SIDE_LIMIT, SIDE_LIMIT))
            upright = ImageOps.exif_transpose(_to_grey(picture))
            upright.thumbnail((SIDE_LIMIT, SIDE_LIMIT), Image.Resampling.BOX)
            return np.asarray(upright, np.float64), lossy
    except Problem:
        raise
    except UnidentifiedImageError:
        raise _undecodable(f"must be a {', '.join(FORMATS[:-1])} or {FORMATS[-1]} picture") from None
    except Image.DecompressionBombError:
        raise _too_large("far more", most_pixels) from None
    except Exception:
        # Decoders raise whatever comes to their mind on damaged files, and no more can be told.
        raise _undecodable("is damaged: it can't be decoded") from None


def _to_grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a channel
        levels = np.asarray(picture, np.float64) / 257
        grey = Image.fromarray(np.clip(np.floor(levels + 0.5), 0, 255).astype(np.uint8))
        grey.getexif().update(picture.getexif())
        return grey
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        flat = Image.new("RGBA", layer.size, "white")
        flat.alpha_composite(layer)
        grey = flat.convert("L")
    else:
        grey = picture.convert("L")
    # Not every conversion keeps the orientation.
    grey.info["exif"] = picture.getexif().tobytes()
    return grey


def _border(grey: np.ndarray) -> np.ndarray:
    height, width = grey.shape
    depth = max(1, min(height, width) // 20)
    inside = np.zeros(grey.shape, bool)
    inside[depth : height - depth, depth : width - depth] = True
    return grey[~inside]


def _too_large(size: str, most_pixels: int) -> Problem:
    message = f"may have {most_pixels / 1e6:g} megapixels, it has {size}"
    return Problem(413, f"image {message}.", [{"location": "image", "message": message}])


def _undecodable(message: str) -> Problem:
    return Problem(422, f"image {message}.", [{"location": "image", "message": message}])
