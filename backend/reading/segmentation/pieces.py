"""A line of writing is taken apart into what hangs together, and that into pieces where it may be several."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.segmentation.cuts import Cut, find_cuts
from backend.reading.segmentation.line_images import HEIGHT, INK, LineImage
from model_training.framing import frame

LEAST_AREA = 0.006  # of the height's square; less is a speck
TALL = 0.42  # of the height, that a character has at least; what is less tall belongs to one, or to none
FLAT = 3.5  # width by height of what is a dash and no character, though it may be thick
OVER = 0.5  # of a small part's width, that lies over or under the character that it belongs to
CLOSE = 0.35  # of the height, how near to it
APART = 0.1  # of the height, between two cuts
SHARED = 0.6  # of the pen's width, on each side of a cut
LEAST_INK = 0.1  # of an upright stroke, between two cuts
MOST_CROSSED = 2.6  # pens' widths of ink, that a cut goes through at most


@dataclass(frozen=True)
class Unit:
    """What hangs together on a line, with the small parts that belong to it; its ink alone, cropped."""

    ink: np.ndarray  # (height, width) uint8
    left: int  # px, where it lies on the line
    top: int

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.left + self.ink.shape[1]

    @property
    def framed(self) -> np.ndarray:
        """All of it as the model would see it, (28, 28) uint8."""
        return frame(self.ink)


@dataclass(frozen=True)
class CutUnit:
    """A unit with the cuts through it: pieces between them, from left to right."""

    unit: Unit
    cuts: list[Cut]
    shared: int = 0  # px beside a cut, that both sides hold: where strokes meet, the ink is of both

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.cuts) + 1

    def between(self, first: int, last: int) -> Unit | None:
        """Return the pieces `first` to `last`, both included, as a unit; None if they hold no ink."""
        columns = np.arange(self.unit.ink.shape[1])
        own = np.ones(self.unit.ink.shape, bool)
        held = own.copy()
        if first > 0:
            start = self.cuts[first - 1].columns[:, None]
            own &= columns >= start
            held &= columns >= start - self.shared
        if last < len(self.cuts):
            end = self.cuts[last].columns[:, None]
            own &= columns < end
            held &= columns < end + self.shared
        ink = np.where(held, self.unit.ink, 0)
        # What is shared and hangs together with nothing of its own is the neighbour's alone.
        count, labels = cv2.connectedComponents((ink > INK).astype(np.uint8))
        area = np.bincount(labels[own], minlength=count)
        splinter = area == 0
        if splinter.any():
            away = cv2.dilate(splinter[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
            ink = np.where(away > 0, 0, ink)
        return cropped(ink, self.unit.left, self.unit.top)


def find_units(line: LineImage) -> list[Unit]:
    """Return what may be characters on `line`, each alone or several that touch, from left to right.

    What is small and belongs to no character, as dots, commas and dashes, is left out.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((line.levels > INK).astype(np.uint8))
    left, top, width, height, area = stats.T
    right, bottom = left + width, top + height
    kept = (area >= LEAST_AREA * HEIGHT**2) & (np.arange(count) > 0)
    tall = kept & (height >= TALL * HEIGHT) & (width < FLAT * height + HEIGHT * 9 * (height > 0.6 * HEIGHT))
    owner = np.where(tall, np.arange(count), 0)
    for small in np.flatnonzero(kept & ~tall):
        shared = np.minimum(right[small], right) - np.maximum(left[small], left)
        away = np.maximum(top, top[small]) - np.minimum(bottom, bottom[small])
        fits = tall & (shared >= OVER * width[small]) & (away < CLOSE * HEIGHT)
        fits &= top[small] < bottom - 0.1 * HEIGHT  # what lies below a digit is none of it
        fits &= width[small] < 1.3 * width + 0.2 * HEIGHT
        if fits.any():
            owner[small] = np.flatnonzero(fits)[away[fits].argmin()]
    # Soft edges belong to the ink beside them.
    soft = cv2.dilate(labels.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int32)
    owners = owner[np.where(labels > 0, labels, soft)]
    units = []
    for index in np.flatnonzero(tall):
        of = np.flatnonzero(owner == index)
        window = (
            slice(max(top[of].min() - 1, 0), bottom[of].max() + 1),
            slice(max(left[of].min() - 1, 0), right[of].max() + 1),
        )
        ink = np.where(owners[window] == index, line.levels[window], 0)
        units.append(cropped(ink, window[1].start, window[0].start))
    return sorted((unit for unit in units if unit), key=lambda unit: unit.left + unit.right)


def cut(unit: Unit, pen: float, shared: float = SHARED) -> CutUnit:
    """Return `unit` with every cut that may part two characters; `pen` is its strokes' width in px.

    What lies beside a cut, as far as `shared` of the pen's width, is of both.
    """
    return CutUnit(
        unit,
        find_cuts(unit.ink, round(APART * HEIGHT), MOST_CROSSED * pen, LEAST_INK * pen * HEIGHT),
        round(shared * pen),
    )


def joined(units: list[Unit]) -> Unit:
    """Return several units as one."""
    left, top = min(unit.left for unit in units), min(unit.top for unit in units)
    bottom = max(unit.top + unit.ink.shape[0] for unit in units)
    ink = np.zeros((bottom - top, max(unit.right for unit in units) - left), np.uint8)
    for unit in units:
        y, x = unit.top - top, unit.left - left
        part = ink[y : y + unit.ink.shape[0], x : x + unit.ink.shape[1]]
        np.maximum(part, unit.ink, out=part)
    return Unit(ink, left, top)


def cropped(ink: np.ndarray, left: int, top: int) -> Unit | None:
    """Return `ink`, 2-D uint8, without the paper around it; None if there is no ink.

    Its first pixel lies at `left`, `top` of the line.
    """
    rows, columns = np.flatnonzero((ink > INK).any(axis=1)), np.flatnonzero((ink > INK).any(axis=0))
    if rows.size == 0:
        return None
    first_row, first_column = max(rows[0] - 1, 0), max(columns[0] - 1, 0)
    cut_out = ink[first_row : rows[-1] + 2, first_column : columns[-1] + 2]
    return Unit(cut_out, left + int(first_column), top + int(first_row))
