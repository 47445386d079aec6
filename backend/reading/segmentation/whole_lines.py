"""A line is read whole beside being divided; of the strings that both propose the most probable is taken."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.line_reader import LINE_HEIGHT, PLACE, STEP, WIDEST, LineReader
from backend.reading.segmentation.ctc import String, best_strings, places_of, probability_of
from backend.reading.segmentation.judging import (
    LEAST,
    SURE,
    WEIGHTS,
    Judged,
    Weights,
    omission_costs,
    shape_costs,
)
from backend.reading.segmentation.lattice import Path, path_of
from backend.reading.segmentation.line_images import HEIGHT
from backend.reading.segmentation.pieces import Unit, cropped

CHARACTER_HEIGHT = 20  # px, of characters as the network knows them
TALLEST = 29  # px, of what is written on its line, with what is above and below
MARGIN = 8  # px of it, left and right
PROPOSED = 4  # strings that reading the line whole proposes at most
BY_LINE = 3.0  # how much the probability of a string counts, read whole
MOST_AGAINST = 8.0  # nats, that dividing the line may say against a string
# By logistic regression, as in `acceptance`, of 1,394 lines of digits and 359 of letters, which should not be
# read (`backend.evaluation.line_confidence`): log-odds of a string beyond doubt, what one that dividing the
# line does not read takes, and what gives: the log-odds by dividing, the string's probability in nats and in
# nats a character, and, for one that differs, how much what dividing read looked like digits.
CERTAIN, DIFFERENT, BY_DIVIDING, BY_READING, BY_CHARACTER, LIKE_DIGITS = 3.64, 4.48, 0.48, 2.27, 4.80, 3.17
MOST_EVIDENCE = 6.0  # log-odds, for or against, by dividing
# Of the lines of letters 9% are surer than this, of the lines of digits that are right all but 3 in 1,000.
LEAST_CONFIDENCE = 0.1


@dataclass(frozen=True)
class WholeLine:
    """A line as it was read whole."""

    ink: np.ndarray  # (32, 2 * places) uint8, as it was shown to the network
    log_probabilities: np.ndarray  # (places, labels + 1), the blank last
    left: float  # px on the line, where the first place begins
    place: float  # px on the line, that a place is wide


@dataclass(frozen=True)
class Reading:
    """A string that may stand on a line."""

    string: String
    differs: bool  # from what dividing the line read
    segments: list[int]  # of the lattice, one a label; empty where it has no such path
    log_probability: float  # of the string, read whole
    cost: float  # nats more than that of the lattice's best path, at most `MOST_AGAINST`


def is_worth_reading_whole(line: Judged, path: Path, kept: list[int]) -> bool:
    """Whether it is worth while to read a line whole: text isn't, nor what is surely one digit, alone."""
    if line.among_text:
        return False
    alone = len(kept) == 1 and line.lattice.segments[kept[0]].whole and not path.omitted
    return not (alone and line.probabilities[kept[0]].max() > SURE)


def read_whole(line: Judged, reader: LineReader) -> WholeLine | None:
    """Return `line` read whole; None where it is too long."""
    units = [segment.unit for segment in line.lattice.segments if segment.whole]
    shown = as_shown(line.image.levels, *extent_of(units))
    if shown is None:
        return None
    ink, left, scale = shown
    return WholeLine(ink, reader.read(ink), left, PLACE / scale)


def extent_of(units: list[Unit]) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of all `units`."""
    return (
        min(unit.left for unit in units),
        min(unit.top for unit in units),
        max(unit.right for unit in units),
        max(unit.top + unit.ink.shape[0] for unit in units),
    )


def as_shown(
    levels: np.ndarray, left: int, top: int, right: int, bottom: int
) -> tuple[np.ndarray, float, float] | None:
    """Return a part of `levels`, a line 48 px high, as the network is shown it; None if it is too long.

    That is (32, width) uint8 ink. Beside it where on the line it begins, in px, and by how much it is
    enlarged.
    """
    scale = min(CHARACTER_HEIGHT / HEIGHT, TALLEST / (bottom - top))
    width = round((right - left) * scale) + 2 * MARGIN
    width += -width % STEP
    if width > WIDEST:
        return None
    move = np.array(
        [[scale, 0, MARGIN - scale * left], [0, scale, LINE_HEIGHT / 2 - scale * (top + bottom) / 2]]
    )
    # What is shrunk is averaged before, as an area's mean would be.
    soft = cv2.GaussianBlur(levels, (0, 0), 0.4 / scale)
    ink = cv2.warpAffine(soft, move, (width, LINE_HEIGHT), flags=cv2.INTER_LINEAR)
    return ink, left - MARGIN / scale, scale


def readings(line: Judged, path: Path, kept: list[int], whole: WholeLine) -> list[Reading]:
    """Return what may be read on `line`, first what the segments `kept` of its best `path` say."""
    divided = tuple(line.probabilities[kept].argmax(axis=1).tolist())
    found = [Reading(divided, False, kept, probability_of(whole.log_probabilities, divided), 0.0)]
    costs, omitted = _costs_by_label(line), omission_costs(line)
    for string, log_probability in best_strings(whole.log_probabilities)[:PROPOSED]:
        if string and string != divided:
            segments, cost = path_of(line.lattice, costs[:, string], omitted)
            more = min(cost - path.cost, MOST_AGAINST)
            found.append(
                Reading(string, True, segments if more < MOST_AGAINST else [], log_probability, more)
            )
    return found


def choose(found: list[Reading]) -> Reading:
    """Return the reading for which most speaks, dividing the line and reading it whole."""
    return min(found, key=lambda reading: reading.cost - BY_LINE * reading.log_probability)


def confidence_of(line: Judged, kept: list[int], by_dividing: float, reading: Reading | None) -> float:
    """Return the calibrated probability that all of a line is read right; 0 for what should not be read.

    `by_dividing` is the log-odds of what dividing it read, `kept`; `reading` what was chosen, if the line was
    read whole too. That network knows of nothing but digits, so in lines of letters too it reads some.
    """
    if reading is None:
        return float(1 / (1 + np.exp(-by_dividing)))
    evidence = features_of(line, kept, by_dividing, reading) @ np.array(
        [CERTAIN, BY_READING, BY_CHARACTER, BY_DIVIDING, -DIFFERENT, LIKE_DIGITS]
    )
    confidence = float(1 / (1 + np.exp(-evidence)))
    return confidence if confidence > LEAST_CONFIDENCE else 0.0


def features_of(line: Judged, kept: list[int], by_dividing: float, reading: Reading) -> np.ndarray:
    """Return what tells whether a line is read right, (6,), as `confidence_of` weighs it."""
    by_reading = reading.log_probability
    like_digits = float(line.is_digit[kept].mean()) if kept else 0.0
    return np.array(
        [
            1.0,
            by_reading,
            by_reading / max(1, len(reading.string)),
            0.0 if reading.differs else np.clip(by_dividing, -MOST_EVIDENCE, MOST_EVIDENCE),
            float(reading.differs),
            like_digits if reading.differs else 0.0,
        ]
    )


def label_probabilities(whole: WholeLine, string: String) -> np.ndarray:
    """Return the probabilities of the labels where those of `string` were read, (labels of it, labels)."""
    places = places_of(whole.log_probabilities, string)
    found = np.array(
        [np.exp(whole.log_probabilities[start:end, :-1]).mean(axis=0) for start, end in places.tolist()]
    )
    # The string was the most probable one, though at one of its places another label may be.
    for row, label in zip(found, string, strict=True):
        row[label] = max(row[label], 1.001 * np.delete(row, label).max())
    return found / found.sum(axis=1, keepdims=True)


def _costs_by_label(line: Judged, weights: Weights = WEIGHTS) -> np.ndarray:
    """What it costs to take each segment for each label, (segments, labels), in nats."""
    return shape_costs(line, weights)[:, None] - np.log(np.maximum(line.probabilities, LEAST))


def cut_out(line: Judged, string: String, whole: WholeLine) -> list[Unit]:
    """Return the ink of each label of `string`, between the middles of the places where they were read."""
    places = places_of(whole.log_probabilities, string)
    middles = whole.left + places.mean(axis=1) * whole.place
    between = ((middles[1:] + middles[:-1]) / 2).round().astype(int).tolist()
    units = [segment.unit for segment in line.lattice.segments if segment.whole]
    levels = np.zeros_like(line.image.levels)
    for unit in units:
        part = levels[unit.top : unit.top + unit.ink.shape[0], unit.left : unit.right]
        np.maximum(part, unit.ink[: part.shape[0], : part.shape[1]], out=part)
    ends = [max(0, round(middles[0] - HEIGHT)), *between, min(levels.shape[1], round(middles[-1] + HEIGHT))]
    found = []
    for start, end, middle in zip(ends[:-1], ends[1:], middles, strict=True):
        of_label = cropped(levels[:, start:end], start, 0)
        # A label without ink of its own still has a place.
        found.append(of_label or Unit(np.zeros((HEIGHT, 2), np.uint8), round(middle), 0))
    return found
