"""The digit in the middle of a picture, where neighbours touch it that run out of the picture.

It is found in two ways: what touches is cut, by `middle_pieces`, and read whole, by `read_middle`.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.line_reader import PLACE, LineReader
from backend.reading.pictures.cleaning import CleanedPicture, pen_width, window_around
from backend.reading.pictures.digit import Ink
from backend.reading.pictures.parts import Parts, centrality
from backend.reading.pictures.pen import even_pen
from backend.reading.segmentation.ctc import best_strings, places_of
from backend.reading.segmentation.line_images import HEIGHT, with_even_pen
from backend.reading.segmentation.pieces import Unit, cut
from backend.reading.segmentation.whole_lines import as_shown

# In nats: what speaks against a piece of what touches. Found by how many were read right, less those read
# wrong, of 250 digits that neighbours touch and 150 cut out of cheques, which pieces out of the middle tell
# least of.
CUT = 0.02  # each of its sides that is one
OFF_MIDDLE = 4.0  # the square of how far off the picture's middle it lies, in heights of all that touches
SHARED = 1.0  # of the pen's width beside a cut, that is of both: nobody makes room for what is cut out
LEAST_TALL, SMALL = 0.75, 3.0  # of that height, that it has at least, and what each that it lacks
STACKED = 0.1  # that its neighbours are above and below, as is rare
WIDE = 0.5  # of its height, that ink which may be divided is wide
MOST_WIDE = 4.0  # times its height; what is wider is a line of writing
ALIKE = 0.6  # of the taller one's height, that neighbours share
ABOVE = 0.2  # of the height of what touches, above and below it, that is shown of the line


@dataclass(frozen=True)
class Candidate:
    """What may be the digit, found in another way."""

    ink: Ink
    cost: float = 0.0  # what speaks against it beside the model, in nats


def middle_pieces(cleaned: CleanedPicture) -> list[Candidate]:
    """Return what of the ink in the middle of the picture may be a digit among pieces of its neighbours.

    Only where something runs out of the picture is there a neighbour, and only what does touches one.
    """
    parts = cleaned.parts
    cut_off = at_edge(parts, cleaned.margin)
    if not cut_off.any():
        return []
    main = _main_part(parts)
    chosen = parts.labels == main
    ink, pen = cleaned.ink_of(chosen), pen_width(chosen)
    pieces = [_Piece(ink, 0.0)]
    if cut_off[main]:
        stacked = [_Piece(piece.ink.T, piece.cost + STACKED) for piece in _divided(ink.T, pen)]
        pieces += [*_divided(ink, pen), *stacked]
    inked = [piece for piece in pieces if piece.ink.any()]
    return [Candidate(Ink(even_pen(piece.ink), ink, cleaned), piece.cost) for piece in inked]


@dataclass(frozen=True)
class _Piece:
    ink: np.ndarray  # (height, width) uint8
    cost: float


def _divided(ink: np.ndarray, pen: int) -> list[_Piece]:
    """What lies between two cuts down through `ink`, (height, width) uint8, over the picture's middle."""
    if not ink.any():
        return []
    window = window_around(ink > 0, 0)
    cropped = ink[window]
    height, width = cropped.shape
    scale = HEIGHT / height
    if width < WIDE * height or width > MOST_WIDE * height:
        return []
    size = (max(1, round(width * scale)), HEIGHT)
    small = cv2.resize(np.ascontiguousarray(cropped), size, interpolation=cv2.INTER_AREA)
    unit = cut(Unit(small, 0, 0), max(1.0, pen * scale), SHARED)
    middle = (ink.shape[1] / 2 - window[1].start) * scale
    at = [float(each.columns.mean()) for each in unit.cuts]
    pieces = []
    for first in range(unit.count):
        for last in range(first, unit.count):
            left, right = at[first - 1] if first else 0.0, at[last] if last < len(at) else float(size[0])
            if (first or last < len(at)) and left < middle < right:
                piece = unit.between(first, last)
                if piece is not None:
                    off = ((piece.left + piece.right) / 2 - middle) / HEIGHT
                    cuts = (first > 0) + (last < len(at))
                    lacking = max(LEAST_TALL - piece.ink.shape[0] / HEIGHT, 0)
                    pieces.append(_Piece(piece.ink, CUT * cuts + OFF_MIDDLE * off**2 + SMALL * lacking))
    return pieces


def read_middle(ink: Ink, reader: LineReader) -> np.ndarray | None:
    """Return how probable each label is, (labels,), for what is in the middle of a line of digits.

    What is missing from 1 is how probable it is that nothing on the line is a digit. None as `line_through`.
    """
    shown = line_through(ink)
    if shown is None:
        return None
    levels, middle = shown
    outputs = reader.read(levels)
    found = np.zeros(outputs.shape[1] - 1)
    for string, log_probability in best_strings(outputs):
        if string:
            places = places_of(outputs, string).mean(axis=1)
            found[string[int(np.abs(places - middle / PLACE).argmin())]] += np.exp(log_probability)
    return found


def line_through(ink: Ink) -> tuple[np.ndarray, float] | None:
    """Return the line through the picture's middle, (32, width) 0..255, and where on it the middle is, in px.

    None where nothing in the middle runs out of the picture, so that no neighbour touches the digit there.
    """
    cleaned, parts = ink.cleaned, ink.cleaned.parts
    main = _main_part(parts)
    if not at_edge(parts, cleaned.margin)[main]:
        return None
    of_main = parts.labels == main
    rows, columns = window_around(of_main, 0)
    in_middle = columns.start < of_main.shape[1] / 2 < columns.stop
    if not (ink.chosen[of_main].any() or (in_middle and _as_tall(ink.chosen, rows))):
        return None
    room = round(ABOVE * (rows.stop - rows.start))
    all_ink = cleaned.ink_of(parts.labels > 0)[max(rows.start - room, 0) : rows.stop + room]
    scale = HEIGHT / (rows.stop - rows.start)
    size = [max(1, round(side * scale)) for side in all_ink.shape[::-1]]
    line = cv2.resize(all_ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    line, _ = with_even_pen(np.pad(line, 1))  # some paper: what is all ink has no pen's width
    height, width = line.shape
    shown = as_shown(line, 0, 0, width, height)
    if shown is None:
        return None
    levels, left, scale = shown
    return levels, (width / 2 - left) * scale


def _as_tall(chosen: np.ndarray, rows: slice) -> bool:
    """Whether what was `chosen` is about as tall as what spans `rows`, beside it; a vignette is taller."""
    if not chosen.any():
        return False
    own, _ = window_around(chosen > 0, 0)
    both = min(own.stop, rows.stop) - max(own.start, rows.start)
    return both > ALIKE * max(own.stop - own.start, rows.stop - rows.start)


def _main_part(parts: Parts) -> int:
    return int((parts.mass * centrality(parts.boxes, parts.labels.shape)).argmax())


def at_edge(parts: Parts, margin: int) -> np.ndarray:
    """Return which of `parts` run out of the picture, (parts,), `margin` px around which were added."""
    height, width = parts.labels.shape
    low, high = parts.boxes[:, :2], parts.boxes[:, :2] + parts.boxes[:, 2:]
    near = (low <= margin + 1) | (high >= np.array([width, height]) - margin - 1)
    return near.any(axis=1) & (parts.mass > 0)
