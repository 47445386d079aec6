"""Connectionist temporal classification, read: which string the outputs along a line tell of, and where.

After Graves et al. (2006). `log_probabilities` is (places, labels + 1) throughout, natural logarithms, the
blank last; a string is a tuple of the labels' numbers.
"""

import numpy as np

LEAST = 1e-3  # probability at a place; a label that has less begins no string there
NOTHING = -np.inf

String = tuple[int, ...]


def best_strings(log_probabilities: np.ndarray, beam: int = 8) -> list[tuple[String, float]]:
    """Return the most probable strings, at most `beam`, with the logarithms of their probabilities.

    By prefix search: what ends in a blank and what doesn't is told apart, so that equal neighbours stay two.
    """
    blank = log_probabilities.shape[1] - 1
    beams: dict[String, tuple[float, float]] = {(): (0.0, NOTHING)}  # by string: ended by a blank, or not
    for at in log_probabilities:
        likely = np.flatnonzero(at[:blank] > np.log(LEAST)).tolist()
        if not likely:
            beams = {
                string: (float(np.logaddexp(*ends)) + float(at[blank]), NOTHING)
                for string, ends in beams.items()
            }
            continue
        after: dict[String, list[float]] = {}
        for string, (blanked, open_) in beams.items():
            total = np.logaddexp(blanked, open_)
            _add(after, string, 0, total + at[blank])
            if string:
                _add(after, string, 1, open_ + at[string[-1]])
            for label in likely:
                before = blanked if string and label == string[-1] else total
                _add(after, (*string, label), 1, before + at[label])
        ranked = sorted(after.items(), key=lambda item: -np.logaddexp(item[1][0], item[1][1]))
        beams = {string: (ends[0], ends[1]) for string, ends in ranked[:beam]}
    return [(string, float(np.logaddexp(*ends))) for string, ends in beams.items()]


def _add(after: dict[String, list[float]], string: String, end: int, value: float) -> None:
    ends = after.setdefault(string, [NOTHING, NOTHING])
    ends[end] = float(np.logaddexp(ends[end], value))


def probability_of(log_probabilities: np.ndarray, string: String) -> float:
    """Return the logarithm of the probability of `string`, -inf where there are too few places for it."""
    states, may_skip = _states(string, log_probabilities.shape[1] - 1)
    total = np.full(len(states), NOTHING)
    total[:2] = log_probabilities[0, states[:2]]
    for at in log_probabilities[1:]:
        moved = np.logaddexp(total, np.concatenate([[NOTHING], total[:-1]]))
        skipped = np.concatenate([[NOTHING] * 2, total[:-2]])[: len(states)]
        total = np.where(may_skip, np.logaddexp(moved, skipped), moved) + at[states]
    return float(np.logaddexp.reduce(total[-2:]))


def places_of(log_probabilities: np.ndarray, string: String) -> np.ndarray:
    """Return where each label of `string` is, (labels, 2): first place, and the one behind the last.

    By the most probable alignment (Viterbi). Raises ValueError where there are too few places.
    """
    states, may_skip = _states(string, log_probabilities.shape[1] - 1)
    count, length = len(states), len(log_probabilities)
    total = np.full(count, NOTHING)
    total[:2] = log_probabilities[0, states[:2]]
    came = np.zeros((length, count), int)
    for place in range(1, length):
        ways = np.stack(
            [
                total,
                np.concatenate([[NOTHING], total[:-1]]),
                np.where(may_skip, np.concatenate([[NOTHING] * 2, total[:-2]])[:count], NOTHING),
            ]
        )
        came[place] = ways.argmax(axis=0)
        total = ways.max(axis=0) + log_probabilities[place, states]
    state = count - 1 - int(count > 1 and total[-2] > total[-1])
    if not np.isfinite(total[state]):
        raise ValueError(f"{len(string)} labels don't fit into {length} places")
    found = np.zeros((len(string), 2), int)
    for place in range(length - 1, -1, -1):
        if state % 2:
            found[state // 2, 0] = place
            found[state // 2, 1] = max(found[state // 2, 1], place + 1)
        state -= came[place, state]
    return found


def _states(string: String, blank: int) -> tuple[np.ndarray, np.ndarray]:
    """The labels with blanks around each, (2 * labels + 1,), and which of them may follow two before."""
    states = np.full(2 * len(string) + 1, blank)
    states[1::2] = string
    may_skip = np.zeros(len(states), bool)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    return states, may_skip
