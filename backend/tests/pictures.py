"""Digits drawn in code, as ink, as pixels and as picture files."""

import base64
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs
from model_training.strokes import draw_strokes, frame_strokes

# What is said where nothing is recognised.
BLANK = "nothing is drawn"
NOTHING_FOUND = "no digit is found in the picture"
NOT_A_DIGIT = "it doesn't look like a digit"

BLOCK = np.pad(np.full((24, 24), 255), 2).reshape(-1).tolist()  # much ink, and no digit

# Pen strokes in a box of side 1; simple shapes that any fair model reads.
STROKES = {
    0: [
        [
            (0.5, 0.1),
            (0.3, 0.2),
            (0.2, 0.5),
            (0.3, 0.8),
            (0.5, 0.9),
            (0.7, 0.8),
            (0.8, 0.5),
            (0.7, 0.2),
            (0.5, 0.1),
        ]
    ],
    1: [[(0.5, 0.1), (0.5, 0.9)]],
    2: [[(0.25, 0.3), (0.35, 0.15), (0.55, 0.1), (0.7, 0.25), (0.65, 0.45), (0.25, 0.9), (0.8, 0.9)]],
    3: [
        [(0.25, 0.15), (0.5, 0.1), (0.7, 0.2), (0.68, 0.38), (0.45, 0.48)],
        [(0.45, 0.48), (0.7, 0.58), (0.75, 0.75), (0.55, 0.9), (0.25, 0.85)],
    ],
    4: [[(0.3, 0.1), (0.25, 0.55), (0.75, 0.55)], [(0.7, 0.1), (0.68, 0.9)]],
    5: [
        [
            (0.7, 0.1),
            (0.3, 0.1),
            (0.28, 0.45),
            (0.55, 0.42),
            (0.72, 0.6),
            (0.65, 0.82),
            (0.45, 0.9),
            (0.25, 0.82),
        ]
    ],
    6: [
        [
            (0.6, 0.1),
            (0.38, 0.35),
            (0.28, 0.65),
            (0.4, 0.88),
            (0.6, 0.87),
            (0.7, 0.7),
            (0.58, 0.55),
            (0.32, 0.63),
        ]
    ],
    7: [[(0.25, 0.12), (0.75, 0.12), (0.45, 0.9)]],
}


def strokes_of(digit: int) -> list[np.ndarray]:
    return [np.array(stroke) for stroke in STROKES[digit]]


def pixels_of(digit: int) -> list[int]:
    return frame_strokes(strokes_of(digit)).reshape(-1).tolist()


def grey_of(digit: int, side: int = 200, pen: float = 14, paper: int = 255, ink: int = 0) -> np.ndarray:
    """A drawing on paper, (side, side) uint8."""
    drawn = draw_strokes([stroke * side for stroke in strokes_of(digit)], side, pen) / 255
    return np.round(paper + (ink - paper) * drawn).astype(np.uint8)


def five_upside_down() -> np.ndarray:
    """A 5 that stands on its head and reads as a 9, (200, 200) uint8."""
    strokes = [200 * (0.15 + 0.7 * stroke) for stroke in glyphs(DIGIT_GLYPHS)["5"]]
    return np.ascontiguousarray(np.rot90(255 - draw_strokes(strokes, 200, 10).astype(np.uint8), 2))


def picture(grey: np.ndarray, kind: str = "PNG", **options) -> bytes:
    file = BytesIO()
    Image.fromarray(grey).save(file, kind, **options)
    return file.getvalue()


def in_heic(grey: np.ndarray) -> bytes:
    import pillow_heif  # it alone can write them; what we serve only reads them

    file = BytesIO()
    pillow_heif.from_pillow(Image.fromarray(grey).convert("RGB")).save(file, quality=90)
    return file.getvalue()


def png_saying(width: int, height: int) -> bytes:
    """A small PNG in colours whose head announces another size, with the checksum that belongs to it."""
    png = picture(np.dstack([grey_of(1)] * 3))
    head = png[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + png[24:29]
    return png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:]


def in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def form(*parts: tuple[str, bytes], names: bool = True) -> tuple[str, bytes]:
    """A multipart form of files (or, without `names`, of texts): its Content-Type and its body."""
    body = b""
    for field, content in parts:
        file_name = '; filename="x.png"' if names else ""
        head = f'--frontier\r\nContent-Disposition: form-data; name="{field}"{file_name}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    return "multipart/form-data; boundary=frontier", body + b"--frontier--\r\n"


def number(*lines: str, height: int = 60, pen: float = 6, gap: int = 24) -> np.ndarray:
    """Numbers written in lines, dark on white, (height, width) uint8; every digit `height` px tall."""
    rows = []
    for line in lines:
        digits = []
        for digit in line:
            ink = 255 - grey_of(int(digit), round(height / 0.8), pen)
            columns = np.flatnonzero(ink.any(axis=0))
            digits.append(np.pad(ink[:, columns[0] : columns[-1] + 1], ((gap, gap), (0, gap))))
        rows.append(np.hstack(digits))
    width = max(row.shape[1] for row in rows)
    ink = np.vstack([np.pad(row, ((0, 0), (gap, width - row.shape[1] + gap))) for row in rows])
    return 255 - ink
