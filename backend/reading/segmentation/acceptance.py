"""What is taken for a number, of what was read on a line, and how sure that is."""

import numpy as np

from backend.reading.segmentation.judging import LEAST, SURE, Judged
from backend.reading.segmentation.lattice import Path
from backend.reading.segmentation.line_images import HEIGHT, INK

# By logistic regression of whether a line is right, on 991 lines of writers by whom nothing is measured
# (`backend.evaluation.numbers --tuning`): log-odds of a number of which nothing is doubtful, and what a nat
# of doubt, a character that was cut or joined, and a thing that was left out take from them.
CERTAIN, BY_LABEL, BY_BEING_ONE, DIVIDED = 3.28, 6.26, 0.97, 0.47
LEFT_OUT, LEFT_OUT_AT_END = 2.43, 0.65  # amid a number, and before or after it, as # is
WORD = 0.7  # of the height; what is farther apart is another word
LEAST_OF_LINE = 0.3  # of what stands on a line, that must be digits; else it is a line of text
LEAST_AMONG_TEXT = 2  # digits of a number on a page of text, where a letter may look like one
LEAN = 0.28  # px to the side a px down, of the stroke of a fraction
TALL = 1.1  # height by that of the digits beside it
LEAN_MORE = 0.12  # than the digits of a bare stroke beside it do


def accepted(line: Judged, path: Path, threshold: float) -> list[int]:
    """Return the segments of `path` that are digits of a number; none of what is text, or a pattern.

    A word is taken for a number if at least half of it are digits: `is_digit` of at least half the
    `threshold`, since a digit among others needs less evidence than one alone. On a page of text all must
    surely be digits, and at least two.
    """
    segments = line.lattice.segments
    kept = [index for index in path.chosen if index not in _fraction_strokes(line, path)]
    things = sorted([*kept, *path.omitted], key=lambda index: segments[index].unit.left)
    is_one = {index: index in kept and line.is_digit[index] >= threshold / 2 for index in things}
    if not kept or np.mean(list(is_one.values())) < LEAST_OF_LINE:
        return []
    words: list[list[int]] = []
    for index in things:
        near = words and segments[index].unit.left - segments[words[-1][-1]].unit.right < WORD * HEIGHT
        if near:
            words[-1].append(index)
        else:
            words.append([index])
    if line.among_text:
        numbers = [w for w in words if len(w) >= LEAST_AMONG_TEXT and np.all(line.is_digit[w] > SURE)]
    else:
        numbers = [word for word in words if 2 * sum(is_one[index] for index in word) >= len(word)]
    return [index for word in numbers for index in word if index in kept]


def evidence_of(line: Judged, path: Path, kept: list[int]) -> float:
    """Return the log-odds that the number of the segments `kept` of `path` is all right, calibrated."""
    segments, last = line.lattice.segments, line.lattice.nodes - 1
    left_out = [segments[index] for index in {*path.omitted, *path.chosen} - {*kept}]
    at_end = sum(segment.start == 0 or segment.end == last for segment in left_out)
    evidence = (
        CERTAIN
        + BY_LABEL * np.log(np.maximum(line.probabilities[kept].max(axis=1), LEAST)).sum()
        + BY_BEING_ONE * np.log(np.maximum(line.is_digit[kept], LEAST)).sum()
        - DIVIDED * sum(not segments[index].whole for index in kept)
        - LEFT_OUT * (len(left_out) - at_end)
        - LEFT_OUT_AT_END * at_end
    )
    return float(evidence)


def _fraction_strokes(line: Judged, path: Path) -> set[int]:
    """The strokes among the characters of `path` that part two numbers, as in 18/3."""
    units = [line.lattice.segments[index].unit for index in path.chosen]
    heights = np.array([unit.ink.shape[0] for unit in units])
    leans = np.array([_lean(unit.ink) for unit in units])
    found = set()
    for place in range(1, len(units) - 1):
        others = np.delete(heights, place)
        bare = np.delete(leans, place)
        bare = bare[np.isfinite(bare)]
        if not np.isfinite(leans[place]) or leans[place] < LEAN or heights[place] < TALL * np.median(others):
            continue
        if bare.size == 0 or leans[place] > bare.max() + LEAN_MORE:
            found.add(path.chosen[place])
    return found


def _lean(ink: np.ndarray) -> float:
    """How far to the left a straight stroke goes a px down; NaN of what is no straight stroke."""
    y, x = np.nonzero(ink > INK)
    if np.ptp(y) < HEIGHT / 2:
        return np.nan
    slope, start = np.polyfit(y, x, 1)
    beside = np.abs(x - slope * y - start)
    return -float(slope) if beside.max() < 0.16 * HEIGHT else np.nan
