"""Lines of writing are found among the parts of a picture, whatever else is on it."""

from dataclasses import dataclass, replace

import numpy as np

from backend.reading.pictures.parts import Parts

LEAST_HEIGHT = 6  # px; the 28x28 has nothing of what is smaller
MOST_PARTS = 2000  # that are looked at, the tallest; a page of writing has so many, noise has more
SMALL = 0.35  # of the largest's height; what is smaller is no character of its own line
FLATTEST = 0.11  # height by width; what is flatter is a line that was drawn or printed
BAR = 5.0  # height by width, that bare strokes have at least
BARS = 12  # strokes side by side, and hardly anything else, that are a barcode or a pattern and no ones
ALIKE = 0.4  # height of the smaller by the taller of two neighbours in a line
BESIDE = 0.45  # of the smaller's height, that two neighbours share
BY_THE_WAY = 0.55  # height by that of a taller line, of commas and crossbars that stand by it
FAR = 4.0  # of the taller's height, that neighbours are apart at most
HOLDS = 2  # characters, that what is printed around them encloses at least


@dataclass(frozen=True)
class TextLine:
    """The characters of one line, as parts or several parts each, and what stands by them."""

    members: np.ndarray  # (n,) labels of the parts that are as tall as characters
    height: float  # px, of its characters
    slope: float  # px down a px to the right
    box: np.ndarray  # (4,) left, top, right, bottom of `members`
    row: int = 0  # from the top; what stands beside each other, however far apart, is one row


def find_text_lines(parts: Parts) -> list[TextLine]:
    """Return the lines among `parts`, from the top down, those side by side from left to right.

    At most 2,000 parts are looked at, so that noise costs no more than writing.
    """
    tall = _candidates(parts)
    if tall.size == 0:
        return []
    boxes = parts.boxes[tall]
    lines = [_line(tall[group], boxes[group]) for group in _chains(boxes) if not _are_bars(boxes[group])]
    return _in_reading_order([line for line in lines if not any(_beside(line, other) for other in lines)])


def near(line: TextLine, parts: Parts, room: float) -> np.ndarray:
    """Return the labels of the parts, with mass, whose middle lies in `line`, or `room` of a height away."""
    x, y = (parts.boxes[:, :2] + parts.boxes[:, 2:] / 2).T
    left, top, right, bottom = line.box
    reach = room * line.height
    middle = (top + bottom) / 2 + line.slope * (x - (left + right) / 2)
    drift = abs(line.slope) * (right - left) / 2
    half = np.maximum((bottom - top) / 2 - drift, line.height / 2) + reach
    inside = (x > left - reach) & (x < right + reach) & (np.abs(y - middle) < half)
    small = parts.boxes[:, 3] < line.height
    return np.flatnonzero(inside & small & (parts.mass > 0))


def _candidates(parts: Parts) -> np.ndarray:
    """Labels of the parts that may be characters, or several that touch."""
    width, height = parts.boxes[:, 2], parts.boxes[:, 3]
    may_be = (parts.mass > 0) & (height >= LEAST_HEIGHT)
    may_be &= height > FLATTEST * width
    found = np.flatnonzero(may_be)
    found = found[np.argsort(-height[found], kind="stable")][:MOST_PARTS]
    boxes = parts.boxes[found]
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    # A form's comb or table encloses what is written in it; of characters none encloses others.
    sizeable = boxes[:, 3] > SMALL * boxes[:, 3].max(initial=0)
    printed = np.zeros(len(found), bool)
    for index in np.flatnonzero(boxes[:, 2] > boxes[:, 3])[:50]:
        enclosed = ((low > low[index]) & (high < high[index])).all(axis=1) & sizeable
        printed[index] = np.count_nonzero(enclosed & (boxes[:, 3] > 0.4 * boxes[index, 3])) >= HOLDS
    return np.sort(found[~printed])


def _chains(boxes: np.ndarray) -> list[np.ndarray]:
    """Groups of indices into `boxes`, (n, 4), each of neighbours of neighbours in a line."""
    order = np.argsort(boxes[:, 0] + boxes[:, 2] / 2, kind="stable")
    left, top, width, height = boxes[order].T
    right, bottom, middle = left + width, top + height, left + width / 2
    owner = np.arange(len(order))
    for index in range(len(order)):
        shared = np.minimum(bottom, bottom[index]) - np.maximum(top, top[index])
        smaller, taller = np.minimum(height, height[index]), np.maximum(height, height[index])
        apart = np.maximum(left - right[index], 0)
        fits = (shared > BESIDE * smaller) & (smaller > ALIKE * taller) & (apart < FAR * taller)
        fits[: index + 1] = False
        if fits.any():
            # The nearest, and whatever stands above or below the same place.
            nearest = np.flatnonzero(fits)[np.argmin(middle[fits])]
            owner[owner == owner[nearest]] = owner[index]
    return [order[owner == root] for root in np.unique(owner)]


def _are_bars(boxes: np.ndarray) -> bool:
    bars = np.count_nonzero(boxes[:, 3] > BAR * boxes[:, 2])
    return bool(bars >= BARS and bars > 0.8 * len(boxes))


def _line(labels: np.ndarray, boxes: np.ndarray) -> TextLine:
    low, high = boxes[:, :2].min(axis=0), (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    height = float(np.median(boxes[:, 3][boxes[:, 3] >= 0.5 * boxes[:, 3].max()]))
    middle = boxes[:, :2] + boxes[:, 2:] / 2
    return TextLine(labels, height, _slope(middle, height), np.concatenate([low, high]))


def _slope(middle: np.ndarray, height: float) -> float:
    """The slope through the middles of characters, (n, 2); the median of pairs (Theil and Sen)."""
    x, y = middle.T
    first, second = np.triu_indices(min(len(x), 60), 1)
    across = x[second] - x[first]
    wide = np.abs(across) > 1.5 * height
    if np.count_nonzero(wide) < 1 or np.ptp(x) < 2 * height:
        return 0.0
    return float(np.median((y[second] - y[first])[wide] / across[wide]))


def _beside(line: TextLine, other: TextLine) -> bool:
    """Whether `line` is no line of its own, but what stands by the characters of a taller `other`."""
    if line.height > BY_THE_WAY * other.height:
        return False
    x, y = (line.box[:2] + line.box[2:]) / 2
    left, top, right, bottom = other.box
    room = other.height
    return left - 2 * room < x < right + 2 * room and top - room / 2 < y < bottom + room / 2


def _in_reading_order(lines: list[TextLine]) -> list[TextLine]:
    """Lines in rows from the top down; of a row, which share half their height, the left one first."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda each: each.box[1] + each.box[3]):
        for row in rows:
            top, bottom = row[0].box[1], row[0].box[3]
            shared = min(bottom, line.box[3]) - max(top, line.box[1])
            if shared > 0.5 * min(bottom - top, line.box[3] - line.box[1]):
                row.append(line)
                break
        else:
            rows.append([line])
    return [
        replace(line, row=index)
        for index, row in enumerate(rows)
        for line in sorted(row, key=lambda each: each.box[0])
    ]
