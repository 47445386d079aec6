"""Printed boxes and cells around the digit are removed, also where the digit touches or crosses them."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.pictures.lines import erase, halve

# All found on 80 boxes and 80 grids of `backend/evaluation/cutouts.py`, of its writers but another seed than
# its table's; no digit without a box may lose a stroke to them (`test_boxes.py`).
RUN = 0.15  # of the longer side, that a side of a box runs straight at least
THICKEST = 0.05  # of the longer side; what is thicker was drawn by hand
BARE = 20  # percent of a side's length, that no stroke lies along at least
STRAIGHT = 0.3  # of a side's length, that lies bare and where its middle line is
WHOLE = 0.9  # of its middle line, that is dark
SLOPE = 0.08  # of its length, that a side may rise
CORNER = 0.05  # of the longer side, within which two sides meet, or one meets the picture's edge
SOFT = 1.5  # times its thickness, that a side has with its soft edges
ALIKE = 1.5  # times as thick as its sides are; a stroke that reaches from side to side is thicker
MOST_SIDES = 16  # one way, of double boxes in a row; what has more is ruled or squared paper
CONTENT = 0.2  # of the longer side, that what is written in a box has at least
BEYOND = 0.2  # of what is written in a box, that may lie outside of it
CLOSED = 3  # sides in view tell a box that the digit touches; of one that it doesn't touch, fewer
FINE = 0.6  # of a stroke's width; a side so thin is no stroke


@dataclass(frozen=True)
class Side:
    """A straight, thin, nearly level line: its middle is at `height` + `slope` * x from `start` to `end`."""

    start: int
    end: int
    height: float
    slope: float
    thickness: float

    def at(self, x: float) -> float:
        """Return where its middle is at `x`."""
        return self.height + self.slope * x


def remove_boxes(contrast: np.ndarray, weak: float, ink: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without the box or cell around what is written.

    Its sides are straight, thin, and meet each other or the picture's edge; what is left inside is the
    digit. What is above `weak` may belong to it; a stroke of about `ink` keeps what lies over a side.
    """
    dark = (contrast > weak).astype(np.uint8)
    coarse = halve(dark)
    level = _sides(coarse)
    if not any(side.thickness <= THICKEST * max(coarse.shape) for side in level):
        return contrast
    upright = _sides(np.ascontiguousarray(coarse.T))
    level, upright = _meeting(level, upright, coarse.shape)
    if not 0 < min(len(level), len(upright)) <= max(len(level), len(upright)) <= MOST_SIDES:
        return contrast
    most = ALIKE * np.median([side.thickness for side in (*level, *upright)])
    level, upright = ([side for side in sides if side.thickness <= most] for sides in (level, upright))
    bands = [_bands(level, coarse.shape), np.ascontiguousarray(_bands(upright, coarse.shape[::-1]).T)]
    if not _is_box(coarse, bands, level, upright):
        return contrast
    scale = len(dark) / len(coarse)
    own, other = (
        cv2.bitwise_and(cv2.resize(band, dark.shape[::-1], interpolation=cv2.INTER_NEAREST), dark)
        for band in bands
    )
    contrast = _without(contrast, dark, own, other, level, scale, ink)
    turned = [np.ascontiguousarray(array.T) for array in (contrast, dark, other, own)]
    contrast = _without(turned[0], turned[1], turned[2], turned[3], upright, scale, ink)
    return np.ascontiguousarray(contrast.T)


def _without(
    contrast: np.ndarray,
    dark: np.ndarray,
    band: np.ndarray,
    crossing: np.ndarray,
    sides: list[Side],
    scale: float,
    ink: float,
) -> np.ndarray:
    """Return `contrast` without the `band` of the level `sides`; others, `crossing` it, are no strokes."""
    if not sides:
        return contrast
    thickness = round(scale * max(side.thickness for side in sides))
    strokes = np.where((crossing > 0) & (band == 0), np.uint8(0), dark)
    return erase(contrast, strokes, band, thickness, ink)


def _sides(dark: np.ndarray) -> list[Side]:
    """What of `dark`, (height, width) of 0 and 1, may be a level side of a box."""
    longer = max(dark.shape)
    run = max(9, round(RUN * longer))
    # A line that isn't quite level is as good as one that is, if it is a little thicker.
    grown = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(grown, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    if not cv2.countNonZero(runs):
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs)
    sides = []
    for index in range(1, count):
        left, top, width, height, _ = stats[index].tolist()
        part = labels[top : top + height, left : left + width] == index  # (height, width)
        side = _side(part & (dark[top : top + height, left : left + width] > 0), left, top)
        if side is not None:
            sides.append(side)
    return sides


def _side(part: np.ndarray, left: int, top: int) -> Side | None:
    """The straight line that `part`, (height, width) bool, is for most of its length."""
    thick = part.sum(axis=0)  # (columns,)
    columns = np.flatnonzero(thick)
    if columns.size < 2:
        return None
    # Where a stroke lies along the line, the two are thicker than the line.
    thickness, typical = np.percentile(thick[columns], [BARE, 50])
    bare = columns[thick[columns] <= 1.5 * thickness]
    if bare.size < 2:
        return None
    thickness = min(float(typical), 1.5 * thickness)
    middle = np.arange(len(part)) @ part[:, bare] / thick[bare]
    off = bare - bare.mean()
    slope = float(off @ middle / (off @ off))  # of the least squares' line
    height = float(middle.mean() - slope * bare.mean())
    on_line = np.abs(middle - height - slope * bare) <= max(1.0, thickness / 4)
    if abs(slope) > SLOPE or on_line.sum() < STRAIGHT * columns.size:
        return None
    if (
        part[np.clip(np.round(height + slope * columns).astype(int), 0, len(part) - 1), columns].mean()
        < WHOLE
    ):
        return None
    return Side(left, left + part.shape[1] - 1, top + height - slope * left, slope, thickness)


def _meeting(level: list[Side], upright: list[Side], shape: tuple[int, ...]) -> tuple[list[Side], list[Side]]:
    """The thin ones of the sides that meet another, or the edge of a picture of `shape`, at either end."""
    near, thickest = CORNER * max(shape), THICKEST * max(shape)

    def meets(side: Side, x: int, others: list[Side], length: int) -> bool:
        if x <= near or x >= length - 1 - near:
            return True
        y = side.at(x)
        return any(abs(o.at(y) - x) <= near and o.start - near <= y <= o.end + near for o in others)

    # Where a stroke lies along the whole of a side, the two are thick, and the other sides meet them.
    strokes = [[side for side in sides if side.thickness > thickest] for sides in (level, upright)]
    level, upright = ([side for side in sides if side.thickness <= thickest] for sides in (level, upright))
    while True:
        kept = [
            [side for side in sides if all(meets(side, x, others, length) for x in (side.start, side.end))]
            for sides, others, length in (
                (level, upright + strokes[1], shape[1]),
                (upright, level + strokes[0], shape[0]),
            )
        ]
        if [len(sides) for sides in kept] == [len(level), len(upright)]:
            return level, upright
        level, upright = kept


def _bands(sides: list[Side], shape: tuple[int, ...]) -> np.ndarray:
    """Where `sides` and their soft edges are, (height, width) of 0 and 1."""
    band = np.zeros(shape, np.uint8)
    for side in sides:
        ends = [(x, round(side.at(x))) for x in (side.start, side.end)]
        cv2.line(band, ends[0], ends[1], 1, round(SOFT * side.thickness) + 2)
    return band


def _is_box(dark: np.ndarray, bands: list[np.ndarray], level: list[Side], upright: list[Side]) -> bool:
    """Return whether one thing is left between the sides, and none of them is a stroke of it."""
    covered = bands[0] | bands[1]
    left = dark & ~covered
    count, labels, stats, _ = cv2.connectedComponentsWithStats(left)
    if count < 2:
        return False
    main = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    if stats[main, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max() < CONTENT * max(dark.shape):
        return False
    part = (labels == main).astype(np.uint8)
    rows, columns = np.nonzero(part)
    around = set()
    for axis, sides in enumerate((level, upright)):
        along, across = (columns, rows) if axis == 0 else (rows, columns)
        for side in sides:
            before = float((across < side.height + side.slope * along).mean())
            if BEYOND < before < 1 - BEYOND:
                return False
            around.add((axis, before > 0.5))
    touched = (cv2.dilate(part, np.ones((3, 3), np.uint8)) & covered).any()
    stroke = 2 * stats[main, cv2.CC_STAT_AREA] / (part - cv2.erode(part, np.ones((3, 3), np.uint8))).sum()
    is_fine = max(side.thickness for side in (*level, *upright)) < FINE * stroke
    return len(around) >= (CLOSED if touched and not is_fine else 2)
