"""What is printed paler than the pen writes is taken off where it joins what is written, and in bars alone.

Squared paper and boxes are often too broken, or too fine, to be told by their long lines; their ink tells
them from writing. The contrast along the middle of strokes is compared, since every stroke's edge is pale.
"""

from dataclasses import replace

import cv2
import numpy as np

from backend.reading.pictures.cleaning import CleanedPicture
from backend.reading.pictures.parts import Parts
from backend.reading.segmentation.rules import erased, without_rules

LEAST_SIZE = 24  # px, wide and high; less is no mesh
HEAVY = 0.1  # of the heaviest part's mass
MOST = 20  # parts that are looked at, the heaviest
SPAN = 0.9  # of a part's width or height, that pale print extends over
LEAST_SHARE = 0.1  # of the middle of its strokes, that is dark, and that is pale
DARKER = 1.45  # how much darker than print a pen is
RUNS = ((1, LEAST_SIZE), (LEAST_SIZE, 1))  # px, high and wide, of a piece of a rule
ON_RULES = 0.7  # of what is pale, that lies on such
FILLED = 0.6  # of its box; what fills more is no lines
BAR = 5.0  # length by thickness, of a piece of a printed line
SMALL = 0.4  # of the largest part, that a piece of squared paper is
PALE = 0.6  # of the ink's contrast, that such pieces have at most
LESS_PALE = 0.85  # the same of an upright beside others like it
ALIKE = 0.15  # of an upright's height, that the ends of others lie higher or lower


def without_prints(cleaned: CleanedPicture) -> CleanedPicture:
    """Return a picture without the forms among what is written on it, and without print paler than its ink.

    Only photographs have pale print; what it joined are parts apart.
    """
    if not cleaned.photographed:
        return without_rules(cleaned)
    without_mesh = _without_mesh(cleaned)
    meshed = without_mesh is not cleaned
    cleaned = without_rules(without_mesh)
    pale = _pale_remains(cleaned.parts, cleaned.contrast, meshed)
    if not pale.any():
        return cleaned
    return replace(cleaned, parts=replace(cleaned.parts, mass=np.where(pale, 0, cleaned.parts.mass)))


def _without_mesh(cleaned: CleanedPicture) -> CleanedPicture:
    """The picture without the pale parts of what hangs together and is both pale and dark."""
    boxes, mass = cleaned.parts.boxes, cleaned.parts.mass
    peaks = cleaned.contrast >= cv2.dilate(cleaned.contrast, np.ones((3, 3), np.uint8))
    fits = np.flatnonzero((boxes[:, 2:].min(axis=1) >= LEAST_SIZE) & (mass > HEAVY * mass.max()))
    for part in fits[np.argsort(-mass[fits], kind="stable")][:MOST].tolist():
        left, top, width, height = boxes[part].astype(int).tolist()
        window = slice(top, top + height), slice(left, left + width)
        of_part = cleaned.parts.labels[window] == part
        limit = _between(cleaned.contrast[window], of_part, peaks[window] & of_part)
        if limit > 0:
            cleaned = erased(cleaned, part, window, of_part & (cleaned.contrast[window] < limit))
    return cleaned


def _between(contrast: np.ndarray, of_part: np.ndarray, peaks: np.ndarray) -> float:
    """The contrast between a part's print and its ink, by Otsu's threshold; 0 if it isn't both."""
    values = contrast[peaks]
    if values.size < 2 or of_part.mean() > FILLED or not values.max() > 0:
        return 0.0
    scale = 255 / float(values.max())
    _, dark = cv2.threshold((values * scale).astype(np.uint8), 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    is_dark = dark.ravel() > 0
    if not LEAST_SHARE < is_dark.mean() < 1 - LEAST_SHARE:
        return 0.0
    print_, ink = (float(np.median(values[each])) for each in (~is_dark, is_dark))
    if ink <= DARKER * print_:
        return 0.0
    between = (print_ + ink) / 2
    pale = peaks & (contrast < between)
    rows, columns = np.nonzero(pale)
    spans = np.ptp(rows) > SPAN * contrast.shape[0], np.ptp(columns) > SPAN * contrast.shape[1]
    prints = all(spans) or (any(spans) and _on_rules(pale, of_part & (contrast < between)) > ON_RULES)
    return between if prints else 0.0


def _on_rules(peaks: np.ndarray, pale: np.ndarray) -> float:
    """The share of `peaks`, (height, width) bool, that lies on straight level or upright runs of `pale`."""
    grown = cv2.dilate(pale.astype(np.uint8), np.ones((3, 3), np.uint8))
    runs = [cv2.morphologyEx(grown, cv2.MORPH_OPEN, np.ones(kernel, np.uint8)) for kernel in RUNS]
    return float((np.maximum(*runs)[peaks] > 0).mean())


def _pale_remains(parts: Parts, contrast: np.ndarray, meshed: bool) -> np.ndarray:
    """Which parts, (parts,) bool, are pieces of print: pale, and bars, or small in a mesh."""
    count = len(parts.mass)
    area = np.maximum(np.bincount(parts.labels.ravel(), minlength=count), 1)
    own = np.bincount(parts.labels.ravel(), contrast.ravel(), minlength=count) / area
    longer, shorter = parts.boxes[:, 2:].max(axis=1), parts.boxes[:, 2:].min(axis=1)
    bars = longer >= BAR * shorter
    others = (parts.mass > 0) & ~bars
    if not others.any():
        return np.zeros(count, bool)
    written = float(np.average(own[others], weights=parts.mass[others]))
    remains = bars | (meshed & (longer < SMALL * longer[parts.mass > 0].max()))
    pale = remains & (parts.mass > 0) & (own < PALE * written)
    upright = bars & (parts.boxes[:, 3] == longer) & (parts.mass > 0)
    return pale | (upright & (own < LESS_PALE * written) & _stands_among(parts.boxes, upright & pale))


def _stands_among(boxes: np.ndarray, bars: np.ndarray) -> np.ndarray:
    """Which parts, (parts,) bool, are as tall, and stand as high, as two of the `bars` at least.

    So do the uprights between boxes.
    """
    top, height = boxes[:, 1, None], boxes[:, 3, None]
    others_top, others_height = boxes[bars, 1], boxes[bars, 3]
    near = np.abs(top - others_top) < ALIKE * height
    near &= np.abs(top + height - others_top - others_height) < ALIKE * height
    return np.count_nonzero(near, axis=1) >= 2
