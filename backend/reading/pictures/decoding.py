"""A picture file is decoded: upright, without transparency, at a working size."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.reading.errors import PictureError, PictureTooLargeError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
LOSSY = ("JPEG", "WEBP")
SIDE_LIMIT = 800  # px, finer detail than this never reaches the 28x28


@dataclass(frozen=True)
class Picture:
    """A decoded picture, upright and at most 800 px a side."""

    colours: np.ndarray  # (height, width, 3) uint8
    lossy: bool  # whether its format loses detail, as a camera's does


def decode(content: bytes, most_pixels: int) -> Picture:
    """Return the picture in the file `content`.

    The format is told by content, never by name. The first frame is taken, EXIF turns it upright,
    and the longer side is at most 800 px, to which a JPEG is shrunk while it is decoded.

    Raises PictureTooLargeError over `most_pixels`, before decoding; PictureError if it can't be decoded.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > most_pixels:
                raise _too_large(f"{width} x {height} px", most_pixels)
            lossy = picture.format in LOSSY
            picture.draft("RGB", (SIDE_LIMIT, SIDE_LIMIT * min(picture.size) // max(picture.size)))
            orientation = picture.getexif()
            colours = _to_rgb(picture)
            colours.thumbnail((SIDE_LIMIT, SIDE_LIMIT), Image.Resampling.BOX)
            # Not every conversion keeps the orientation.
            colours.info["exif"] = orientation.tobytes()
            return Picture(np.asarray(ImageOps.exif_transpose(colours)), lossy)
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError(f"must be a {', '.join(FORMATS[:-1])} or {FORMATS[-1]} picture") from None
    except Image.DecompressionBombError:
        raise _too_large("far more", most_pixels) from None
    except Exception:
        # Decoders raise whatever comes to their mind on damaged files, and no more can be told.
        raise PictureError("is damaged: it can't be decoded") from None


def _to_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a channel
        levels = np.asarray(picture, np.float32) / 257
        return Image.fromarray(np.clip(levels + 0.5, 0, 255).astype(np.uint8)).convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    layer.thumbnail((SIDE_LIMIT, SIDE_LIMIT), Image.Resampling.BOX)
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


def _too_large(size: str, most_pixels: int) -> PictureTooLargeError:
    return PictureTooLargeError(f"may have {most_pixels / 1e6:g} megapixels, it has {size}")
