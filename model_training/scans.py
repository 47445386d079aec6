"""Bad scans of characters: coarse, binarised, stretched, thick, ruled, cut out with a neighbour's piece.

Other people's scanners and cutting routines do this before a character reaches the model. Every function
returns framed images, (28, 28) uint8.
"""

import numpy as np
from scipy import ndimage

from model_training.alphabets import DIGITS, Alphabet
from model_training.datasets import Drawing, Images
from model_training.framing import FULL_INK, SIDE, crop_to_ink, frame, resample
from model_training.stroke_augmentation import distort, label_indices, to_unit_box
from model_training.strokes import draw_strokes

# How a bitmap is spoilt, with shares; "coarse" is what UCI's Semeion and USPS's digits look like.
KINDS = {"coarse": 0.42, "neighbours": 0.28, "ragged": 0.2, "ruled": 0.1}
LARGE = 64  # px, the longer side of a bitmap before it is spoilt


def render_scans(
    n: int,
    seed: int,
    drawings: list[Drawing],
    scanned: Images,
    kinds: dict[str, float] | None = None,
    progress=iter,
    alphabet: Alphabet = DIGITS,
) -> Images:
    """Draw `n` bad scans of characters of `alphabet`, of `kinds` (names with shares).

    Half of them are of `drawings` and half of `scanned`; all are of the former where there is none of those.
    """
    rng = np.random.default_rng(seed)
    shares = kinds or KINDS
    chosen = rng.choice(list(shares), n, p=np.array(list(shares.values())) / sum(shares.values()))
    stroke_labels = label_indices(drawings, alphabet)
    images, labels = np.empty((n, SIDE, SIDE), np.uint8), np.empty(n, np.uint8)

    def bitmap() -> tuple[np.ndarray, int]:
        if len(scanned) and rng.random() < 0.5:
            i = int(rng.integers(len(scanned)))
            return _enlarged(scanned.images[i]), int(scanned.labels[i])
        i = int(rng.integers(len(drawings)))
        return _large_bitmap(drawings[i], rng), int(stroke_labels[i])

    for i, kind in enumerate(progress(chosen)):
        while True:
            ink, labels[i] = bitmap()
            images[i] = _SPOIL[str(kind)](ink, lambda: bitmap()[0], rng)
            if images[i].any():
                break
    return Images(images, labels)


def _enlarged(image: np.ndarray) -> np.ndarray:
    ink = crop_to_ink(image)
    factor = LARGE / max(ink.shape)
    return resample(ink, *(max(1, round(side * factor)) for side in ink.shape))


def _large_bitmap(drawing: Drawing, rng: np.random.Generator) -> np.ndarray:
    strokes = to_unit_box(distort(drawing, rng))
    pen = LARGE * np.clip(0.11 * np.exp(rng.normal(0, 0.35)), 0.05, 0.24)
    ink = draw_strokes([s * (LARGE - pen) + pen / 2 for s in strokes], LARGE, pen)
    return crop_to_ink(ink)


def _coarse(ink: np.ndarray, another, rng: np.random.Generator) -> np.ndarray:
    """Few pixels, mostly of two levels, often stretched to fill a square."""
    height, width = ink.shape
    if rng.random() < 0.5:
        share = rng.uniform(0, 1)  # of the way to a square, though a one never becomes as wide as high
        longer = max(height, width)
        height, width = (
            round(min(side * 2.2, side + share * (longer - side))) for side in (height, width)
        )  # fmt: skip
    pixels = rng.integers(9, 21)
    factor = pixels / max(height, width)
    small = resample(ink, max(2, round(height * factor)), max(2, round(width * factor)))
    if rng.random() < 0.65:
        small = (small > rng.uniform(50, 170)) * np.uint8(FULL_INK)
    elif rng.random() < 0.5:
        small = (small // 64) * np.uint8(85)  # four levels
    return frame(small)


def _neighbours(ink: np.ndarray, another, rng: np.random.Generator) -> np.ndarray:
    """Cut out of a number a little too wide: an edge of another one is left at one side or at both."""
    height, width = ink.shape
    margin = int(rng.uniform(0.04, 0.24) * LARGE)
    page = np.zeros((height + 2 * margin, width + 2 * margin), np.uint8)
    page[margin : margin + height, margin : margin + width] = ink
    for side in [(0,), (1,), (0, 1)][rng.choice(3, p=(0.35, 0.35, 0.3))]:
        other = another()
        room = min(int(rng.uniform(0.03, 0.9) * margin) + 1, other.shape[1])
        piece = other[: page.shape[0], :room] if side else other[: page.shape[0], -room:]
        top = int(rng.integers(0, page.shape[0] - piece.shape[0] + 1))
        part = page[top : top + piece.shape[0], -room:] if side else page[top : top + piece.shape[0], :room]
        np.maximum(part, piece, out=part)
    return frame(page)


def _ragged(ink: np.ndarray, another, rng: np.random.Generator) -> np.ndarray:
    """Thickened or thinned by an uneven threshold, as a photocopy is; edges are eaten, holes fill."""
    field = ndimage.gaussian_filter(rng.normal(0, 1, ink.shape), rng.uniform(0.7, 4))
    blurred = ndimage.gaussian_filter(np.pad(ink, 4).astype(np.float32), rng.uniform(1, 4))
    field = np.pad(field / max(float(field.std()), 1e-6), 4)
    spoilt = (
        blurred > np.clip(rng.uniform(0.2, 0.52) + field * rng.uniform(0, 0.14), 0.08, 0.85) * blurred.max()
    )
    return frame(spoilt * np.uint8(FULL_INK))


def _ruled(ink: np.ndarray, another, rng: np.random.Generator) -> np.ndarray:
    """With what is left of a form's line or a box's side, thinner than the pen."""
    page = np.pad(ink, int(rng.integers(0, 9)))
    thickness = int(rng.integers(1, 4))
    level = int(rng.uniform(0.35, 1) * FULL_INK)
    at = rng.choice([rng.uniform(0, 0.12), rng.uniform(0.88, 1), rng.uniform(0.2, 0.8)])
    if rng.random() < 0.65:
        row = int(at * (page.shape[0] - thickness))
        page[row : row + thickness] = np.maximum(page[row : row + thickness], level)
    else:
        # An upright one through the middle would be read as a one.
        column = int(rng.choice([0.02, 0.97]) * (page.shape[1] - thickness))
        page[:, column : column + thickness] = np.maximum(page[:, column : column + thickness], level)
    return frame(page)


def coarse(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the framed image of a bitmap that was scanned with few pixels."""
    return _coarse(ink, None, rng)


_SPOIL = {"coarse": _coarse, "neighbours": _neighbours, "ragged": _ragged, "ruled": _ruled}
