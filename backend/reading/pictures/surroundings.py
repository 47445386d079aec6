"""What isn't written on the page is removed: the desk, a scanner's edges, a form's box."""

import cv2
import numpy as np

from backend.reading.pictures.lines import halve

BROAD = 0.02  # of the shorter side; lines and most strokes are narrower
CONTACT = 0.2  # of the shorter side, along which surroundings touch the picture's edge at least
SEAM = 0.015  # of the longer side; how far what surrounds the page blurs into it
MIDDLE = 0.3  # of a side, from the edge; surroundings don't reach so far, but a digit cut off does
FRAME = 0.1  # of the longer side, that a box is large at least
HOLLOW = 0.35  # of its bounding box, that a box fills at most
SQUARE = 0.9  # of the smallest rectangle around it, that a box and its inside fill
FRAMED = 0.3  # of the box's longer side, that what is written in it has at least
MOST_FRAMES = 5  # large parts that are looked at
INSET_SKETCH = 250  # px, the size at which it is looked for
INSET_CONTRAST = 48  # levels between a picture's margin and a picture inside it
INSET = 0.05  # of the whole, that a picture inside it fills at least
INSET_EDGE = 0.95  # of its edge, that is of its own colour
INSET_SHOWN = 0.02  # of it, that something else is shown at least
INSET_RING = (
    0.1  # of its shorter side, that a box's line is thick at most; what is wider is a picture's ground
)
INSET_GROUND = 0.5  # of the ring so deep inside, that is ground too


def inset(colours: np.ndarray) -> np.ndarray:
    """Return the picture inside a picture, as figures and screenshots have it, of `colours`, uint8.

    A dark rectangle in a light margin, or the other way round, in which there is something to see;
    where there is none, all of `colours`.
    """
    scale = max(1, max(colours.shape) // INSET_SKETCH)
    grey = cv2.cvtColor(colours[::scale, ::scale], cv2.COLOR_RGB2GRAY)
    margin = float(np.median(_rim(grey)))
    different = (np.abs(grey - np.float32(margin)) > INSET_CONTRAST).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(different)
    stats[0, cv2.CC_STAT_AREA] = 0
    index = int(stats[:, cv2.CC_STAT_AREA].argmax())
    left, top, width, height, area = stats[index].tolist()
    part = labels[top : top + height, left : left + width] == index
    edge = _rim(part)
    shown = width * height - area
    if area < INSET * grey.size or shown < INSET_SHOWN * width * height or edge.mean() < INSET_EDGE:
        return colours
    deep = round(INSET_RING * min(width, height))
    if _rim(part[deep : height - deep, deep : width - deep]).mean() < INSET_GROUND:
        return colours
    # Nothing of the margin, so a pixel less where pixels were skipped.
    rim = scale - 1
    rows = slice(top * scale + rim, (top + height) * scale - rim)
    return colours[rows, left * scale + rim : (left + width) * scale - rim]


def remove_surroundings(contrast: np.ndarray, weak: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without what fills its corners above `weak`."""
    height, width = contrast.shape
    side = max(3, round(BROAD * min(height, width)))
    square = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    dark = (contrast > weak).astype(np.uint8)
    broad = cv2.morphologyEx(dark, cv2.MORPH_OPEN, square, borderType=cv2.BORDER_REPLICATE)
    if not broad[[0, 0, -1, -1], [0, -1, 0, -1]].any():
        return contrast
    count, labels = cv2.connectedComponents(broad)
    edge = _rim(labels)
    middle = labels[int(MIDDLE * height) : -int(MIDDLE * height), int(MIDDLE * width) : -int(MIDDLE * width)]
    outside = np.bincount(edge, minlength=count) > CONTACT * min(height, width)
    outside &= np.isin(np.arange(count), labels[[0, 0, -1, -1], [0, -1, 0, -1]])
    outside[np.unique(middle)] = outside[0] = False
    if not outside.any():
        return contrast
    seam = 2 * max(1, round(SEAM * max(height, width))) + 1
    covered = cv2.dilate(outside[labels].astype(np.uint8), np.ones((seam, seam), np.uint8))
    return np.where(covered > 0, np.float32(0), contrast)


def remove_frames(contrast: np.ndarray, weak: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without rectangles, drawn above `weak`, around parts."""
    dark = halve((contrast > weak).astype(np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    low, size = stats[:, :2].astype(float), stats[:, 2:4].astype(float)
    high, longer = low + size, size.max(axis=1)
    whole = (low > 0).all(axis=1) & (high < dark.shape[::-1]).all(axis=1)
    large = whole & (longer > FRAME * max(dark.shape)) & (stats[:, 4] < HOLLOW * size.prod(axis=1))
    large[0] = False
    for box in np.flatnonzero(large)[np.argsort(-longer[large])][:MOST_FRAMES]:
        enclosed = ((low > low[box]) & (high < high[box])).all(axis=1)
        if (enclosed & (longer > FRAMED * longer[box])).any() and _is_square(labels == box):
            frame = (labels == box).astype(np.uint8)
            covered = cv2.resize(frame, contrast.shape[::-1], interpolation=cv2.INTER_NEAREST)
            contrast = np.where(covered > 0, np.float32(0), contrast)
    return contrast


def _is_square(part: np.ndarray) -> bool:
    hull = cv2.convexHull(cv2.findNonZero(part.astype(np.uint8)))
    return cv2.contourArea(hull) > SQUARE * float(np.prod(cv2.minAreaRect(hull)[1]))


def _rim(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])
