"""Strangers' hands: UNIPEN's drawings split by person and by collection, and their styles of writing."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from model_training.datasets import Drawing
from model_training.framing import FULL_INK
from model_training.strokes import frame_strokes

# Whole collections to choose by: different tablets, countries and habits (one of them slashes its zeros).
VALIDATION_COLLECTIONS = (0, 9, 10)
# Whole writers out of the other collections: an eighth of those who wrote digits, drawn once at random.
VALIDATION_WRITERS = (23, 24, 28, 37, 44, 47, 75, 76, 99, 100, 202, 213, 298)


@dataclass(frozen=True)
class Split:
    """Drawings to train on, and to choose by: of whole collections and of whole writers."""

    training: list[Drawing]
    collections: list[Drawing]
    writers: list[Drawing]

    @property
    def validation(self) -> list[Drawing]:
        """Both validation parts together."""
        return self.collections + self.writers


def split_strangers(drawings: list[Drawing]) -> Split:
    """Split UNIPEN's drawings of any kind; nobody who is in one part is in another.

    The same person has the same number in all kinds, so the split is one for digits, letters and symbols.
    """
    parts: tuple[list[Drawing], ...] = ([], [], [])
    for drawing in drawings:
        in_collection = drawing.collection in VALIDATION_COLLECTIONS
        parts[1 if in_collection else 2 if drawing.writer in VALIDATION_WRITERS else 0].append(drawing)
    return Split(*parts)


def style_of(drawing: Drawing) -> str | None:
    """The style in which a digit is written, if it is one that few people use; else None.

    "slashed zero", "crossed seven", "flagged one", "one with a foot", "open four", "hooked nine" and
    "curled two" are told by the shape of the strokes alone, by rules of thumb that were checked on pages of
    training digits: they serve to weigh and to count, and are right for most.
    """
    rule = _STYLES.get(drawing.label)
    return rule(drawing) if rule else None


def _slashed(zero: Drawing) -> str | None:
    """A plain zero is empty in its middle; a bar encloses nothing, and two loops side by side are wide."""
    image = frame_strokes(zero.strokes)
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    half_height, half_width = max(len(rows) * 0.2, 1.5), max(len(columns) * 0.2, 1)
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    inside = (np.abs(y - rows.mean()) <= half_height) & (np.abs(x - columns.mean()) <= half_width)
    enclosed = ndimage.label(image < FULL_INK // 2)[1] - 1
    upright = 8 <= len(columns) <= 1.6 * len(rows)
    return "slashed zero" if upright and enclosed and image[inside].mean() > 60 else None


def _crossed(seven: Drawing) -> str | None:
    if len(seven.strokes) < 2:
        return None
    points = np.concatenate(seven.strokes)
    height = np.ptp(points[:, 1])
    bar = seven.strokes[-1]
    low, high = bar.min(axis=0), bar.max(axis=0)
    flat = high[0] - low[0] > 2 * (high[1] - low[1])
    in_the_middle = 0.25 < (bar[:, 1].mean() - points[:, 1].min()) / max(height, 1e-9) < 0.8
    return "crossed seven" if flat and in_the_middle else None


def _flagged(one: Drawing) -> str | None:
    points = np.concatenate(one.strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.maximum(high - low, 1e-9)
    foot = points[points[:, 1] > high[1] - 0.1 * height]
    if len(one.strokes) > 1 and np.ptp(foot[:, 0]) > 0.6 * width and width > 0.3 * height:
        return "one with a foot"
    first = one.strokes[0]
    top = first[:, 1].argmin()
    rise = (first[0, 1] - first[top, 1]) / height
    reach = (first[top, 0] - first[0, 0]) / height
    return "flagged one" if rise > 0.08 and reach > 0.08 else None


def _open(four: Drawing) -> str | None:
    if len(four.strokes) < 2:
        return None
    gap = np.hypot(*(four.strokes[0][0] - four.strokes[1][0]))
    size = np.ptp(np.concatenate(four.strokes), axis=0).max()
    return "open four" if gap > 0.25 * size else None


def _hooked(nine: Drawing) -> str | None:
    last = nine.strokes[-1]
    lowest = last[:, 1].argmax()
    points = np.concatenate(nine.strokes)
    size = max(np.ptp(points, axis=0).max(), 1e-9)
    back = (last[lowest, 0] - last[-1, 0]) / size
    return "hooked nine" if back > 0.12 and last[-1, 1] < last[lowest, 1] - 0.01 * size else None


def _curled(two: Drawing) -> str | None:
    if len(two.strokes) > 1:
        return None
    stroke = two.strokes[0]
    lower = stroke[len(stroke) // 2 :]
    left = lower[:, 0].argmin()
    before, after = lower[: left + 1], lower[left:]
    if len(after) < 3:
        return None
    # The pen turns back up through where it came from before it leaves to the right.
    crossing = np.abs(before[:, None] - after[None, 2:]).max(axis=2)
    return "curled two" if after[:, 1].min() < lower[left, 1] - 0.08 and crossing.min() < 0.03 else None


_STYLES = {
    "0": _slashed,
    "1": _flagged,
    "2": _curled,
    "4": _open,
    "7": _crossed,
    "9": _hooked,
}
