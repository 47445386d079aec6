"""Saliency: which ink speaks for an answer, by hiding it a patch at a time.

Occlusion (Zeiler and Fergus, 2014) asks the network itself, so it holds for any network, and a patch
that matters is one whose absence is seen. What is compared are log-odds: probabilities near 1 hardly
move, whatever is hidden. Counter-evidence asks the same of the runner-up, and draws dots beside the ink
as well as hiding it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model_training.framing import FULL_INK, SIDE

# Most patches that are hidden, and most dots that are drawn: together with the image itself the network
# is asked about 64 images.
HIDDEN, DRAWN = 31, 32
HIDING_RADIUS = 2.5  # px, of a patch; its edge is soft
DOT_RADIUS = 1.7  # px, a little wider than the pen
REACH = (2.0, 5.0)  # px from the ink to the middle of a dot: closer is inked, farther is another stroke
FAINTEST = 64  # levels; lighter ink is the edge of a stroke
SMALLEST = 1e-9  # a probability below it says no more than that it is small

Score = Callable[[np.ndarray], np.ndarray]

_INDEX = np.arange(SIDE * SIDE)
_PLACES = np.stack(np.divmod(_INDEX, SIDE), axis=1)  # (784, 2) row, column of each pixel
_DISTANCES = np.hypot(*(_PLACES[:, None] - _PLACES).transpose(2, 0, 1)).astype(np.float32)  # (784, 784) px
_PATCHES = np.clip(HIDING_RADIUS + 0.5 - _DISTANCES, 0, 1)  # (784, 784) how far each pixel is hidden
_DOTS = np.clip(DOT_RADIUS + 0.5 - _DISTANCES, 0, 1)  # (784, 784)


@dataclass(frozen=True)
class Evidence:
    """What speaks for one digit, and what would make it another.

    Both maps are (28, 28) in -1..1, the strongest evidence in each being 1 or -1.
    """

    saliency: np.ndarray  # of the ink: positive speaks for the guess, negative against it
    counter_evidence: np.ndarray  # positive: ink here would speak for the other; negative: it must go


def find_evidence(image: np.ndarray, score: Score, guess: int, other: int) -> Evidence:
    """Return what in a framed `image`, (28, 28) in 0..255, speaks for `guess` and could for `other`.

    `score` is called once, with (n, 28, 28) float32 of at most 64 images; it returns probabilities,
    (n, 10). An image without ink has no evidence: its maps are 0.
    """
    ink = image.reshape(-1).astype(np.float32)  # (784,)
    to_hide, to_draw = _where_to_hide(ink), _where_to_draw(ink)
    hidden = ink * (1 - _PATCHES[to_hide])  # (hidden, 784)
    drawn = np.maximum(ink, FULL_INK * _DOTS[to_draw])  # (drawn, 784)
    asked = np.concatenate([ink[None], hidden, drawn]).reshape(-1, SIDE, SIDE)
    probabilities = np.maximum(score(asked), SMALLEST)  # (n, 10)

    speaks_for = _log_odds(probabilities, guess)
    lost = speaks_for[0] - speaks_for[1 : 1 + len(hidden)]  # (hidden,) what hiding costs the guess
    turns_to = np.log(probabilities[:, other] / probabilities[:, guess])
    won = np.maximum(turns_to[1:] - turns_to[0], 0)  # (hidden + drawn,) what each change gives the other

    inked = ink / FULL_INK
    would_help = _spread(_DOTS[to_draw], won[len(hidden) :])
    must_go = _spread(_PATCHES[to_hide], won[: len(hidden)])
    return Evidence(
        _normalised(inked * _spread(_PATCHES[to_hide], lost)),
        _normalised((1 - inked) * would_help - inked * must_go),
    )


def _where_to_hide(ink: np.ndarray) -> np.ndarray:
    return _evenly(np.flatnonzero(ink >= min(FAINTEST, max(ink.max(), 1))), HIDDEN)


def _where_to_draw(ink: np.ndarray) -> np.ndarray:
    inked = np.flatnonzero(ink >= FAINTEST)
    if inked.size == 0:
        return inked
    away = _DISTANCES[:, inked].min(axis=1)  # (784,)
    inside = np.all((_PLACES > 1) & (_PLACES < SIDE - 2), axis=1)
    return _evenly(np.flatnonzero((away >= REACH[0]) & (away <= REACH[1]) & inside), DRAWN)


def _evenly(candidates: np.ndarray, most: int) -> np.ndarray:
    """Return at most `most` of `candidates`, each as far from those before it as can be."""
    if len(candidates) <= most:
        return candidates
    chosen = [0]
    apart = _DISTANCES[np.ix_(candidates, candidates)]
    nearest = apart[0].copy()
    for _ in range(most - 1):
        chosen.append(int(nearest.argmax()))
        np.minimum(nearest, apart[chosen[-1]], out=nearest)
    return candidates[chosen]


def _log_odds(probabilities: np.ndarray, digit: int) -> np.ndarray:
    others = np.delete(probabilities, digit, axis=1).sum(axis=1)
    return np.log(probabilities[:, digit] / others)


def _spread(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return, for each pixel, the mean of `values`, (n,), by its `weights`, (n, 784); 0 where none is."""
    total = weights.sum(axis=0)
    return np.divide(values @ weights, total, out=np.zeros_like(total), where=total > 0)


def _normalised(values: np.ndarray) -> np.ndarray:
    most = np.abs(values).max()
    return (values / most if most > 0 else values).reshape(SIDE, SIDE)
