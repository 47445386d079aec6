"""Paper is removed: what remains is how much each pixel differs from the paper beneath it."""

import cv2
import numpy as np

SKETCH = 256  # px, the longer side at which the paper is estimated; light varies slowly
WIDEST_STROKE = 0.24  # of the longer side; what is dark and narrower lies on the paper
DARKEST_PAPER = 40  # levels; under this the sensor's noise would be taken for ink
CENTRAL = 0.15  # of a side; how far from the middle what is written is looked for
OTHER_GROUND = 95  # levels; what surrounds a pixel and differs so much from the paper is a desk
SAMPLE = 2  # every how manieth row and column are enough to tell the ink's colour
STRONGEST = 0.6  # of the strongest contrast: what is surely ink tells its colour


def remove_paper(
    colours: np.ndarray, paper: np.ndarray | None = None, widest: float = WIDEST_STROKE
) -> np.ndarray:
    """Return the contrast of `colours`, (height, width, 3) uint8, with its paper: (height, width) float32.

    0 is the paper, in light or in shadow, whatever its tint; 1 is ink that returns no light at all (or,
    on dark paper, as much as white). Below 0 is what is brighter than paper with dark ink. `paper`, (3,)
    uint8, is its colour if that is known and the same everywhere; else what is broader than `widest` of the
    longer side is paper, in shadow or not.
    """
    sketch = shrink(colours, SKETCH)
    if not (has_dark_ink(sketch) if paper is None else paper.mean() > sketch.mean()):
        colours, sketch = 255 - colours, 255 - sketch
        paper = None if paper is None else 255 - paper
    beneath = np.maximum(paper_of(sketch, widest) if paper is None else paper[None, None], DARKEST_PAPER)
    beneath = cv2.resize(beneath, colours.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    share = cv2.divide(colours, beneath, dtype=cv2.CV_32F)
    # What the channels take of the light, weighed, in one pass: 1 less their weighed shares.
    contrast: np.ndarray = cv2.transform(share, np.append(-_weights(share), 1.0)[None])
    return contrast


def has_dark_ink(colours: np.ndarray) -> bool:
    """Return whether what differs most from its surroundings is darker than they are."""
    grey = cv2.cvtColor(shrink(colours, SKETCH // 2), cv2.COLOR_RGB2GRAY)
    around = cv2.medianBlur(grey, min(grey.shape) | 1).astype(np.float32)
    deviation = np.where(np.abs(around - np.median(grey)) < OTHER_GROUND, grey - around, 0)
    rows, columns = (cv2.getGaussianKernel(side, CENTRAL * side) for side in grey.shape)
    return float((rows.T @ (deviation * deviation * deviation) @ columns)[0, 0]) <= 0


def paper_of(colours: np.ndarray, widest: float = WIDEST_STROKE) -> np.ndarray:
    """Return the light that the paper of `colours`, (height, width, 3) uint8, would return everywhere.

    A closing fills what is dark and narrower than `widest` of the longer side, and leaves the edges of wide
    shadows where they are.
    """
    side = max(3, round(widest * max(colours.shape[:2]))) | 1
    closed = cv2.morphologyEx(colours, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    # Where light changes within a pixel of the sketch, the darker estimate makes no false ink.
    return cv2.erode(cv2.medianBlur(closed, 5), np.ones((3, 3), np.uint8))


def shrink(colours: np.ndarray, longest: int) -> np.ndarray:
    """Return `colours` with at most `longest` px a side."""
    height, width = colours.shape[:2]
    scale = min(1, longest / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(colours, size, interpolation=cv2.INTER_AREA)


def _weights(share: np.ndarray) -> np.ndarray:
    """How channels of `share`, (height, width, 3) of the paper's light, count: (3,), by what ink takes."""
    sample = np.ascontiguousarray(share[::SAMPLE, ::SAMPLE])
    grey = 1 - cv2.transform(sample, np.full((1, 3), 1 / 3))
    strong = (grey >= STRONGEST * float(grey.max())).astype(np.uint8)
    weights = np.maximum(1 - np.array(cv2.mean(sample, strong)[:3]), 1e-6)
    return weights / weights.sum()
