"""Rules are removed: boxes and combs that digits are written in, and lines drawn beneath them."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from backend.reading.pictures.cleaning import CleanedPicture
from backend.reading.pictures.parts import Parts

MOST = 20  # parts that are looked at, the widest
LEAST_WIDTH = 24  # px; less is no rule
ENCLOSED = 2  # parts of some size inside of it, that a form has at least
SIZEABLE = 0.3  # of the form's height
LEVEL_LENGTH = 0.6  # of a part's width, that its rules have
UNDERLINE_LENGTH = 0.85  # the same where nothing is enclosed; the tops of touching digits are shorter
UPRIGHT_LENGTH = 0.75  # of a part's height
UPRIGHTS = 3  # that a form has at least, its ends included
PIECE = 0.04  # of a rule's length, between two strokes that it meets
GAP = 0.12  # of its length, where strokes cross it
COVERED = 0.75  # of a part's width, by a line that was drawn beneath it
LOW = 0.75  # of its height, below which that line lies
CHARACTER = 0.4  # of the part's height, that a character on the line has at least
FOOT = 1.8  # width by height, that a 2 with a long foot has at most
THICK = 1.8  # strokes' widths, that a rule is less thick than


def without_rules(cleaned: CleanedPicture) -> CleanedPicture:
    """Return a picture without the forms among what is written on it; what they joined are parts apart."""
    for part, window, mask in _wide_parts(cleaned):
        if _is_form(cleaned.parts.boxes, cleaned.parts.mass, part):
            rules = _rules_of(mask)
            if rules.any():
                cleaned = erased(cleaned, part, window, rules > 0)
    return cleaned


def without_underlines(cleaned: CleanedPicture) -> CleanedPicture:
    """Return a picture without lines drawn beneath what is written; `cleaned` itself if there are none.

    The feet of digits that touch may look like one.
    """
    for part, window, mask in _wide_parts(cleaned):
        if not _is_form(cleaned.parts.boxes, cleaned.parts.mass, part):
            level, _ = _lines(mask, _thickest(mask), UNDERLINE_LENGTH)
            if level.any() and _is_underline(level, _thickest(mask)) and _holds_several(mask, level):
                cleaned = erased(cleaned, part, window, level > 0)
    return cleaned


def _wide_parts(cleaned: CleanedPicture) -> Iterator[tuple[int, tuple[slice, slice], np.ndarray]]:
    """The widest parts: their labels, the windows around them, and where in these they are, of 0 and 1."""
    boxes, mass, labels = cleaned.parts.boxes, cleaned.parts.mass, cleaned.parts.labels
    wide = np.flatnonzero((mass > 0) & (boxes[:, 2] >= LEAST_WIDTH) & (boxes[:, 2] > 1.2 * boxes[:, 3]))
    for part in wide[np.argsort(-boxes[wide, 2], kind="stable")][:MOST].tolist():
        left, top, width, height = boxes[part].astype(int).tolist()
        window = slice(top, top + height), slice(left, left + width)
        yield part, window, (labels[window] == part).astype(np.uint8)


def _is_form(boxes: np.ndarray, mass: np.ndarray, part: int) -> bool:
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    inside = (mass > 0) & ((low > low[part]) & (high < high[part])).all(axis=1)
    return bool(np.count_nonzero(inside & (boxes[:, 3] > SIZEABLE * boxes[part, 3])) >= ENCLOSED)


def _rules_of(mask: np.ndarray) -> np.ndarray:
    """Where the form `mask`, (height, width) of 0 and 1, has level lines and uprights, also of 0 and 1."""
    thick = _thickest(mask)
    level, ends = _lines(mask, thick, LEVEL_LENGTH)
    upright, count = _lines(np.ascontiguousarray(mask.T), thick, UPRIGHT_LENGTH)
    return level | upright.T if ends and count >= UPRIGHTS else level


def _thickest(mask: np.ndarray) -> int:
    """How many px thick a rule of `mask` is at most."""
    ridge = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 3)
    peaks = ridge[(ridge > 0) & (ridge >= cv2.dilate(ridge, np.ones((3, 3), np.uint8)))]
    return max(3, round(THICK * 2 * float(np.median(peaks))))


def _is_underline(level: np.ndarray, thick: int) -> bool:
    """Whether `level`, (height, width) of 0 and 1, is one straight line low in it, with few gaps."""
    height, width = level.shape
    rows, columns = np.nonzero(level)
    if np.count_nonzero(level.any(axis=0)) < COVERED * width or rows.mean() < LOW * height:
        return False
    slope, start = np.polyfit(columns, rows, 1)
    return bool(np.percentile(np.abs(rows - slope * columns - start), 95) < max(thick, 0.02 * width))


def _holds_several(mask: np.ndarray, level: np.ndarray) -> bool:
    """Whether the line `level` of `mask` may lie beneath several characters; else it may be a 2's foot."""
    if mask.shape[1] > FOOT * len(mask):
        return True
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask & ~level)
    left, top, width, height = stats[1:, : cv2.CC_STAT_AREA].T
    tall = height > CHARACTER * len(mask)
    if not tall.any():
        return False
    across = (left + width)[tall].max() - left[tall].min()
    return bool(np.count_nonzero(tall) > 1 or across > (top + height)[tall].max() - top[tall].min())


def _lines(mask: np.ndarray, thick: int, length: float) -> tuple[np.ndarray, int]:
    """Where `mask` shows level lines of `length` of its width, and how many."""
    width = mask.shape[1]
    tall = np.ones((thick + 1, 1), np.uint8)
    # Beyond the edge, where a part's rules lie, is paper.
    thin = mask - cv2.morphologyEx(mask, cv2.MORPH_OPEN, tall, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    # A line that isn't quite level is as good as one that is, if it is a little thicker.
    band = cv2.dilate(thin, np.ones((3, 1), np.uint8))
    pieces = cv2.morphologyEx(band, cv2.MORPH_OPEN, np.ones((1, max(6, round(PIECE * width))), np.uint8))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((3, max(3, round(GAP * width))), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    long = stats[:, cv2.CC_STAT_WIDTH] > length * width
    long[0] = False
    line = cv2.bitwise_and(long[labels].astype(np.uint8), pieces)
    grown = cv2.dilate(line, np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(grown, thin), int(np.count_nonzero(long))


def erased(
    cleaned: CleanedPicture, part: int, window: tuple[slice, slice], rules: np.ndarray
) -> CleanedPicture:
    """Return a picture without `rules`, (height, width) bool, of its `part`, whose box is `window`.

    What is left of the part hangs together in parts of its own.
    """
    labels, contrast = cleaned.parts.labels.copy(), cleaned.contrast.copy()
    of_part = labels[window] == part
    contrast[window][rules] = 0
    count, pieces, stats, _ = cv2.connectedComponentsWithStats((of_part & ~rules).astype(np.uint8))
    first = len(cleaned.parts.mass) - 1  # the first piece has the label 1
    labels[window] = np.where(of_part, np.where(pieces > 0, pieces + first, 0), labels[window])
    corner = np.array([window[1].start, window[0].start, 0, 0])
    mass = np.bincount(pieces.ravel(), contrast[window].ravel(), count)
    before = cleaned.parts.mass.copy()
    before[part] = 0
    parts = Parts(
        labels,
        np.concatenate([cleaned.parts.boxes, stats[1:, :4] + corner]),
        np.concatenate([before, mass[1:]]),
    )
    return replace(cleaned, contrast=contrast, parts=parts)
