"""The model judges the segments of lines, and the most probable way to read each line is chosen."""

from dataclasses import dataclass

import numpy as np

from backend.reading.classifier import Classifier
from backend.reading.segmentation.lattice import Lattice, Path, best_path, build_lattice
from backend.reading.segmentation.line_images import HEIGHT, LineImage
from backend.reading.segmentation.pieces import find_units

SURE = 0.97  # probability of being a digit, and of which; a unit that has both is not divided
WIDE = 1.0  # of the height; a unit that is wider is divided, however sure the model is
MANY = 60  # units; of so many that mostly are no digits, as on a page of text, none is divided
FEW = 0.3  # of them, that are digits as they are
MOST_DIVIDED = 2500  # segments that come of dividing, on one picture; each asks the model once
NO_DIGIT = 0.05  # probability of being one, of what is cut off a line's end and left out
MARK = (0.6, 0.4)  # of the height, how tall and wide that is at least
LEAST = 1e-4  # a probability, as a logarithm is taken of it


@dataclass(frozen=True)
class Weights:
    """What speaks against a way to divide a line, beside the model, in nats.

    They were searched for on numbers of writers by whom nothing is measured (`backend.evaluation.numbers`).
    """

    is_digit: float = 0.7  # how much the probability of being a digit counts
    cut: float = 0.4  # each end that is a cut
    joint: float = 6.0  # a height's gap within a character
    small: float = 8.0  # a height that a character is less tall than three quarters of it
    wide: float = 4.0  # a height that a character is wider than one
    skip: float = 6.0  # a unit that is left out


WEIGHTS = Weights()


@dataclass(frozen=True)
class Judged:
    """A line whose segments the model has judged."""

    image: LineImage
    lattice: Lattice
    pixels: np.ndarray  # (segments, 28, 28) uint8, framed
    probabilities: np.ndarray  # (segments, labels)
    is_digit: np.ndarray  # (segments,)
    among_text: bool  # whether most of what is on the picture is no digit


def judge(images: list[LineImage], classifier: Classifier) -> list[Judged]:
    """Return the lines divided in every way that may be right, each segment judged; empty ones left out."""
    found = [(image, units) for image in images if (units := find_units(image))]
    if not found:
        return []
    units = [unit for _, row in found for unit in row]
    whole = np.stack([unit.framed for unit in units])
    outputs = classifier.classify(whole)
    sure = (outputs.is_digit > SURE) & (outputs.probabilities.max(axis=1) > SURE)
    among_text = len(units) > MANY and np.mean(sure) < FEW
    doubtful = [
        not among_text and (not certain or unit.ink.shape[1] > WIDE * HEIGHT)
        for unit, certain in zip(units, sure.tolist(), strict=True)
    ]
    lattices, at, divided = [], 0, 0
    for image, row in found:
        doubts = doubtful[at : at + len(row)] if divided < MOST_DIVIDED else [False] * len(row)
        lattices.append(build_lattice(row, doubts, image.pen))
        at += len(row)
        divided += len(lattices[-1].segments) - len(row)
    others = [s.unit.framed for lattice in lattices for s in lattice.segments if not s.whole]
    further = classifier.classify(np.stack(others)) if others else None
    judged, at, other = [], 0, 0
    for (image, row), lattice in zip(found, lattices, strict=True):
        # Units come first among a line's segments, and were judged already.
        count = len(lattice.segments) - len(row)
        wholes, parts = slice(at, at + len(row)), slice(other, other + count)
        at, other = wholes.stop, parts.stop
        arrays = [(whole[wholes], outputs.probabilities[wholes], outputs.is_digit[wholes])]
        if further and count:
            arrays.append((np.stack(others[parts]), further.probabilities[parts], further.is_digit[parts]))
        pixels, probabilities, is_digit = (np.concatenate(each) for each in zip(*arrays, strict=True))
        judged.append(Judged(image, lattice, pixels, probabilities, is_digit, among_text))
    return judged


def decide(line: Judged, weights: Weights = WEIGHTS) -> Path:
    """Return the most probable way to read `line`."""
    return best_path(line.lattice, segment_costs(line, weights), omission_costs(line, weights))


def segment_costs(line: Judged, weights: Weights = WEIGHTS) -> np.ndarray:
    """Return what it costs to take each segment for a character, (segments,), in nats."""
    return shape_costs(line, weights) - np.log(np.maximum(line.probabilities.max(axis=1), LEAST))


def shape_costs(line: Judged, weights: Weights = WEIGHTS) -> np.ndarray:
    """Return what it costs to take each segment for a character, (segments,), whichever it is."""
    segments = line.lattice.segments
    height = np.array([segment.unit.ink.shape[0] for segment in segments]) / HEIGHT
    width = np.array([segment.unit.ink.shape[1] for segment in segments]) / HEIGHT
    return (
        -weights.is_digit * np.log(np.maximum(line.is_digit, LEAST))
        + weights.cut * np.array([segment.cuts for segment in segments])
        + weights.joint * np.array([segment.joints for segment in segments])
        + weights.small * np.maximum(0.75 - height, 0)
        + weights.wide * np.maximum(width - 1, 0)
    )


def omission_costs(line: Judged, weights: Weights = WEIGHTS) -> np.ndarray:
    """Return what it costs to leave out each segment, (segments,), in nats; infinite of what can't be.

    Units can be left out, and so can what is cut off a line's end, as a number sign that touches a digit.
    """
    segments, nodes = line.lattice.segments, line.lattice.nodes
    at_end = np.array([s.cuts > 0 and (s.start == 0 or s.end == nodes - 1) for s in segments])
    size = np.array([segment.unit.ink.shape for segment in segments]) / HEIGHT
    may_be = np.array([segment.whole for segment in segments])
    may_be |= at_end & (line.is_digit < NO_DIGIT) & (size > MARK).all(axis=1)
    costs = (
        weights.skip * np.maximum(size[:, 1], 1)  # what is wide would have been several
        + weights.cut * np.array([segment.cuts for segment in segments])
        - weights.is_digit * np.log(np.maximum(1 - line.is_digit, LEAST))
    )
    return np.where(may_be, costs, np.inf)
