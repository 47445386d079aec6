"""Pictures cropped so tightly that the digit runs from one edge to the other.

Beneath such thick strokes no paper shows near by, so their paper can't be estimated place by place.
"""

import cv2
import numpy as np

from backend.reading.pictures.paper import shrink

# How far each may be off was measured on 80 pictures of writers that the model was trained on (crops, coarse
# ones, desks, sticky notes, digits that fill the picture), 79 of them read: each was halved, taken by 3/4 and
# 4/3, and doubled (or its distance to 1). Where no picture is named to be lost, none was.
SKETCH = 128  # px, the size at which a picture is judged
EVEN = 0.25  # of the ink's contrast; how much the paper of a crop may vary
THIN = 0.04  # of the longer side; printed lines are narrower, the strokes of a crop are not
MOST_THIN = 0.4  # of the ink, that may be narrower
BROADEST = 0.27  # of the longer side; half a stroke's width is less, half a shadow's more; 1 lost at 0.2
REACH = 0.03  # of a side; how near to both edges the ink comes; 1 more is read from 0.04 on
INK = 0.25, 0.75  # of the picture, that strokes cover, a desk at the edge less; 1 lost at 0.19, 3 at 0.38
MOST_EDGE = 0.6  # of the picture's edge, that they cover
SHEET = 0.5, 0.9  # of the picture, and of its own hull: what covers more of both is no stroke; 2 lost at 0.68
WHOLE_SIDE = 0.9  # of a side, that what surrounds a page fills
MIDDLE = 0.3  # of a side, from the edge; surroundings don't reach so far
MARGIN = 0.2  # of the longer side, that is added around


def paper_of_crop(colours: np.ndarray) -> np.ndarray | None:
    """Return the colour, (3,) uint8, of the even paper of `colours`, (height, width, 3) uint8.

    None if it isn't a tight crop of thick strokes.
    """
    sketch = shrink(colours, SKETCH)
    grey = cv2.cvtColor(sketch, cv2.COLOR_RGB2GRAY)
    ink = _ink_of(grey)
    if not INK[0] < ink.mean() < INK[1] or _edge(ink).mean() > MOST_EDGE:
        return None
    paper = grey[ink == 0].astype(np.float32)
    contrast = abs(float(np.median(grey[ink > 0])) - float(np.median(paper)))
    # The darkest of light paper is the edges of strokes.
    lightest = np.percentile(paper, 2 if np.median(grey[ink > 0]) > np.median(paper) else 98)
    if abs(lightest - np.median(paper)) > EVEN * contrast or not _is_tight(ink):
        return None
    return np.median(sketch[ink == 0], axis=0).astype(np.uint8)


def even_paper(colours: np.ndarray) -> np.ndarray:
    """Return the colour, (3,) uint8, of what most of `colours`, (height, width, 3) uint8, shows."""
    sketch = shrink(colours, SKETCH)
    ink = _ink_of(cv2.cvtColor(sketch, cv2.COLOR_RGB2GRAY))
    return np.median(sketch[ink == 0], axis=0).astype(np.uint8)


def margin_of(shape: tuple[int, ...]) -> int:
    """Return how many px of paper are added on every side of a crop of `shape`, height and width."""
    return round(MARGIN * max(shape))


def _ink_of(grey: np.ndarray) -> np.ndarray:
    """Where `grey`, uint8, shows the rarer of dark and light, of 0 and 1: there is more paper than ink."""
    _, light = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return 1 - light if light.mean() + _edge(light).mean() > 1 else light


def _is_tight(ink: np.ndarray) -> bool:
    height, width = ink.shape
    side = max(2, round(THIN * max(ink.shape)))
    broad = cv2.morphologyEx(
        ink, cv2.MORPH_OPEN, np.ones((side, side), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    if broad.sum() < (1 - MOST_THIN) * ink.sum():
        return False
    if cv2.distanceTransform(ink, cv2.DIST_L2, 5).max() > BROADEST * max(ink.shape):
        return False
    if ink.mean() > SHEET[0] and ink.sum() > SHEET[1] * cv2.contourArea(cv2.convexHull(cv2.findNonZero(ink))):
        return False
    _, labels = cv2.connectedComponents(broad)
    middle = labels[int(MIDDLE * height) : -int(MIDDLE * height), int(MIDDLE * width) : -int(MIDDLE * width)]
    for line in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        # A desk or a scanner's edge lies along a side, as a foot of a 2 does, but it stays there.
        if (line > 0).mean() > WHOLE_SIDE and not np.isin(middle, line[line > 0]).any():
            return False
    rows, columns = np.flatnonzero(broad.any(axis=1)), np.flatnonzero(broad.any(axis=0))
    across = columns[0] <= REACH * width and columns[-1] >= (1 - REACH) * width - 1
    down = rows[0] <= REACH * height and rows[-1] >= (1 - REACH) * height - 1
    return bool(across or down)


def _edge(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])
