"""What is dark hangs together in parts; the digit's are chosen among them, and joined."""

from dataclasses import dataclass

import cv2
import numpy as np

# How each was first chosen isn't recorded. How far off they may be was measured on 96 pictures of
# writers that the model was trained on (other writing near by, pages seen through, pencil, small digits,
# all at once), all of them read: each was halved and doubled, and none was lost.
NEIGHBOUR = 0.15  # of the main part's longer side, that the next digit is away at least
SPECK = 0.02  # of the main part's mass; less is dirt
APART = 0.3  # of the main part's longer side; what is farther away is another thing
OTHER_DIGIT = 0.5  # of the main part's longer side; a neighbour so tall is no part of it
WHOLE = 0.2  # of the digit's mass, that its main part has; else it is grain
LEAST = 0.1  # of the heaviest part's mass, that the digit has if that part lies at the picture's edge
OFF_CENTRE = 0.35  # of the picture's diagonal; how fast what lies off its middle counts less


@dataclass(frozen=True)
class Parts:
    """What hangs together in a picture, by label; label 0 is the paper."""

    labels: np.ndarray  # (height, width) int32
    boxes: np.ndarray  # (parts, 4) float: left, top, width, height, in px
    mass: np.ndarray  # (parts,) sum of the contrast; 0 of paper, and of what is nowhere strong


def find_parts(contrast: np.ndarray, weak: float, strong: float) -> Parts:
    """Return the parts of `contrast`, (height, width) float32.

    A part is what hangs together above `weak`; it has mass if it exceeds `strong` somewhere.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((contrast > weak).astype(np.uint8))
    inked = labels > 0
    owner, level = labels[inked], contrast[inked]  # both (inked pixels,)
    mass = np.bincount(owner, level, count)
    mass[np.bincount(owner[level > strong], minlength=count) == 0] = 0
    return Parts(labels, stats[:, :4].astype(float), mass)


def choose_parts(parts: Parts) -> np.ndarray:
    """Return where the digit is among `parts`, (height, width) bool.

    Its main part is the heaviest, what is in the middle of the picture counting more; what runs out of
    the picture is none unless there is nothing else.
    """
    labels, boxes, mass = parts.labels, parts.boxes, parts.mass
    if not mass.any():
        return np.zeros(labels.shape, bool)
    inside = mass * ~_at_edge(boxes, labels.shape)
    if inside.max() > LEAST * mass.max():
        mass = inside
    score = mass * centrality(boxes, labels.shape)
    main = int(score.argmax())
    size = boxes[main, 2:].max()
    is_chosen = np.arange(len(mass)) == main
    left_over = np.flatnonzero((mass > SPECK * mass[main]) & ~is_chosen)
    new = [main]
    # Each that was chosen is asked once which of the others belong to it: on grain there are thousands.
    while new and left_over.size:
        belongs = _belong(boxes[left_over], boxes[new.pop()], size)
        is_chosen[left_over[belongs]] = True
        new += left_over[belongs].tolist()
        left_over = left_over[~belongs]
    if mass[main] < WHOLE * mass[is_chosen].sum():
        return np.zeros(labels.shape, bool)
    left, top = boxes[is_chosen, :2].min(axis=0).astype(int)
    right, bottom = (boxes[is_chosen, :2] + boxes[is_chosen, 2:]).max(axis=0).astype(int)
    digit = np.zeros(labels.shape, bool)
    digit[top:bottom, left:right] = is_chosen[labels[top:bottom, left:right]]
    return digit


def _belong(parts: np.ndarray, other: np.ndarray, size: float) -> np.ndarray:
    """Which of the boxes `parts`, (parts, 4), belong to the box `other` of a digit, `size` px long."""
    ends = np.minimum(parts[:, :2] + parts[:, 2:], other[:2] + other[2:])
    gap_x, gap_y = (np.maximum(parts[:, :2], other[:2]) - ends).T
    is_digit = (gap_x > NEIGHBOUR * size) & (parts[:, 3] > OTHER_DIGIT * size) & (gap_y < 0)
    return ~is_digit & (np.hypot(np.maximum(gap_x, 0), np.maximum(gap_y, 0)) < APART * size)


def centrality(boxes: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Return how much what lies in each of `boxes` counts, (parts,): less off the middle of the picture."""
    height, width = shape
    off = boxes[:, :2] + boxes[:, 2:] / 2 - (width / 2, height / 2)  # (parts, 2)
    return np.exp(-((np.hypot(*off.T) / (OFF_CENTRE * np.hypot(height, width))) ** 2) * 2)


def _at_edge(boxes: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    height, width = shape
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    return ((low <= 1) | (high >= np.array([width, height]) - 1)).any(axis=1)
