"""The corpus of odd pictures: rare kinds, extreme shapes, and damaged files."""

from io import BytesIO

import numpy as np
from PIL import Image

from backend.tests.pictures import grey_of, in_heic, picture


def _save(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _animated(kind: str) -> bytes:
    frames = [Image.fromarray(grey_of(digit)).convert("RGB") for digit in (2, 7, 1)]
    return _save(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def readable() -> dict[str, bytes]:
    """Pictures of a two, by what is odd about them."""
    grey = grey_of(2)
    two = Image.fromarray(grey)
    palette = two.convert("P", palette=Image.Palette.ADAPTIVE, colors=16)
    ink = np.dstack([np.zeros_like(grey)] * 3 + [255 - grey])
    two_tone = Image.fromarray(np.where(grey < 128, 1, 0).astype(np.uint8), "P")
    two_tone.putpalette([255, 255, 255, 200, 30, 30])
    return {
        "16-bit grey PNG": _save(Image.fromarray(grey.astype(np.uint16) * 257)),
        "CMYK JPEG": _save(two.convert("CMYK"), "JPEG", quality=95),
        "palette PNG": _save(palette),
        "palette of two with its paper transparent": _save(two_tone, transparency=0),
        "palette GIF": _save(palette, "GIF"),
        "black and white PNG": _save(two.convert("1")),
        "grey with alpha": _save(two.convert("LA")),
        "colours with alpha": _save(Image.fromarray(ink, "RGBA")),
        "animated GIF": _animated("GIF"),
        "animated WebP": _animated("WEBP"),
        "animated PNG": _animated("PNG"),
        "progressive JPEG": _save(two, "JPEG", progressive=True, quality=90),
        "interlaced GIF": _save(two, "GIF", interlace=1),
        "lossless WebP": _save(two.convert("RGB"), "WEBP", lossless=True),
        "BMP upside down": _save(two, "BMP"),
        "EXIF that is nonsense": _save(two, "JPEG", quality=95, exif=b"Exif\0\0nonsense"),
        "much after its end": picture(grey) + b"x" * 100_000,
    }


def extreme() -> dict[str, bytes]:
    """Pictures in which nothing can be read, or hardly."""
    random = np.random.default_rng(0)
    shapes = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (1, 60_000), (60_000, 1), (2, 700_000), (40, 3)]
    pictures = {
        f"{width} x {height}, {name}": picture(levels.astype(np.uint8))
        for height, width in shapes
        for name, levels in {
            "white": np.full((height, width), 255),
            "black": np.zeros((height, width)),
            "half and half": np.indices((height, width)).sum(axis=0) * 2 // (height + width - 1) * 255,
        }.items()
    }
    noise = random.integers(0, 256, (300, 400, 3), np.uint8)
    checks = (np.indices((300, 400)).sum(axis=0) // 20 % 2 * 255).astype(np.uint8)
    dot = np.full((100, 100), 255, np.uint8)
    dot[50, 50] = 0
    return pictures | {
        "noise": _save(Image.fromarray(noise)),
        "noise as JPEG": _save(Image.fromarray(noise), "JPEG"),
        "checks": picture(checks),
        "all transparent": _save(Image.new("RGBA", (50, 50))),
        "one pixel of ink": picture(dot),
    }


def damaged() -> dict[str, bytes]:
    """Files cut off or overwritten somewhere, of every format."""
    random = np.random.default_rng(1)
    found = {}
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIC"):
        whole = in_heic(grey_of(2)) if kind == "HEIC" else picture(grey_of(2), kind)
        for share in (0.1, 0.3, 0.6, 0.9, 0.99):
            found[f"{kind} cut off at {share:.0%}"] = whole[: int(share * len(whole))]
        for number in range(8):
            broken = bytearray(whole)
            at = int(random.integers(12, len(whole) - 20))
            broken[at : at + 16] = random.bytes(16)
            found[f"{kind} overwritten, {number}"] = bytes(broken)
    return found
