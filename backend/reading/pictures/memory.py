"""The memory that decoding a picture takes: told before it is decoded, and kept within a bound."""

import contextlib
import itertools
import threading
from collections.abc import Iterator

from PIL import Image

from backend.reading.errors import PictureTooLargeError
from backend.reading.free_blocks import Returner, return_free_blocks
from backend.reading.settings import MEBIBYTE

# Bytes that Pillow holds a pixel, measured as the growth of the process's peak with pictures of 16
# megapixels; what has no mode of its own here has four.
BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
COLOURS = 4
WEBP = 16  # libwebp's two canvases, its answer, and Pillow's copy
HEIC = 5  # libheif's planes, and the array that it makes of them; measured with 24 megapixels
ROWS_PER_STRIP, ORIENTATION = 278, 274  # TIFF's tags
RETURN_EVERY = 10  # pictures, which take some tens of milliseconds each; returning takes one
COEFFICIENT = 2  # bytes; a JPEG that comes in several scans is kept whole before it is shrunk
WORKING = 40 * MEBIBYTE  # the strips, the picture at its working size, and what a thread keeps for later


class Budget:
    """Memory that several threads share; who finds too little left waits, in turn."""

    def __init__(self) -> None:
        self._uses = itertools.count(1)
        self._turn = threading.Lock()  # else what takes much would be overtaken for ever by what takes little
        self._given_back = threading.Condition()
        self._taken = 0
        self._returner = Returner()

    @contextlib.contextmanager
    def take(self, cost: int, most: int) -> Iterator[None]:
        """Hold `cost` bytes of the `most` that all may hold together; `cost` is no more than that."""
        with self._turn, self._given_back:
            self._given_back.wait_for(lambda: self._taken + cost <= most)
            self._taken += cost
        try:
            yield
        finally:
            with self._given_back:
                self._taken -= cost
                self._given_back.notify_all()
            self._returner.memory_was_taken()
            if next(self._uses) % RETURN_EVERY == 0:
                return_free_blocks()


def cost_of(picture: Image.Image, content: bytes) -> int:
    """Return the bytes that decoding `picture`, opened by Pillow from `content`, takes.

    A JPEG is to be set to its working size (`draft`) afterwards only: `cost_of_scans` needs its own size.
    """
    pixels = picture.width * picture.height
    if picture.format == "WEBP":
        return WORKING + WEBP * pixels + len(content)
    cost = WORKING + BYTES.get(picture.mode, COLOURS) * pixels
    if picture.format != "TIFF":
        return cost
    tags = picture.tag_v2  # type: ignore[attr-defined]
    # A strip is unpacked whole, and it may hold the whole picture; what isn't upright is turned in a copy.
    rows = min(tags.get(ROWS_PER_STRIP, picture.height), picture.height)
    copied = pixels if tags.get(ORIENTATION, 1) != 1 else 0
    return cost + len(content) + BYTES.get(picture.mode, COLOURS) * (rows * picture.width + copied)


def cost_of_scans(picture: Image.Image, content: bytes) -> int:
    """Return the bytes that the coefficients of a JPEG take, 0 where it comes in one scan."""
    if _scans_at_once(content):
        return 0
    layers: list[tuple[int, int, int, int]] = picture.layer  # type: ignore[attr-defined]
    widest, tallest = max(layer[1] for layer in layers), max(layer[2] for layer in layers)
    share = sum(across * down for _, across, down, _ in layers) / (widest * tallest)
    return round(COEFFICIENT * share * picture.width * picture.height)


def check_cost(cost: int, most: int, size: tuple[int, int]) -> None:
    """Raise PictureTooLargeError if decoding a picture of `size` costs more than `most` bytes."""
    if cost > most:
        width, height = size
        raise PictureTooLargeError(
            f"is too large: decoding its {width} x {height} px takes {cost / MEBIBYTE:,.0f} MiB of memory, "
            f"and {most / MEBIBYTE:,.0f} MiB are given; send a smaller copy, or a JPEG, which takes far less"
        )


def _scans_at_once(content: bytes) -> bool:
    """Whether the first scan of the JPEG `content` is sequential and holds every component."""
    at, components = 2, 0
    while content[at : at + 1] == b"\xff":
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker in (0xC2, 0xC6, 0xCA, 0xCE):  # progressive
            return False
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a frame's head
            components = content[at + 9]
        if marker == 0xDA:  # a scan's head
            return content[at + 4] == components
        at += 2 + length
    return False
