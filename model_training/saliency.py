"""Saliency: which ink speaks for an answer, by hiding it a patch at a time.

Occlusion (Zeiler and Fergus, 2014) asks the network itself, so it holds for any network, and a patch
that matters is one whose absence is noticed. What is compared are log-odds: probabilities near 1 hardly
move, whatever is hidden. Counter-evidence asks the same of another digit, and draws dots beside the ink
as well as hiding it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from model_training.framing import FULL_INK, SIDE

# Most patches that are hidden and dots that are drawn: with the image itself the network is asked about 64.
HIDDEN, DRAWN = 31, 32
PATCH_RADIUS = 2.0  # px
DOT_RADIUS = 1.5  # px, a little wider than the pen
SPREAD = 1.4  # px, standard deviation of the bell by which pixels between the places share their values
REACH = (2.0, 5.0)  # px from the ink to a dot's middle: nearer is inked, farther is another stroke
EDGE = 64  # levels; lighter ink is the edge of a stroke
MARGIN = 2  # px along the edges without dots: framing hardly ever leaves ink there
SMALLEST = 1e-9  # a probability below it says no more than that it is small

Score = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Evidence:
    """What speaks for one digit, and what would make it another.

    Both maps are (28, 28) in -1..1, the strongest evidence in each being 1 or -1.
    """

    saliency: np.ndarray  # of the ink: positive speaks for the guess, negative against it
    counter_evidence: np.ndarray  # positive: ink here would speak for the other; negative: it must go


def find_evidence(image: np.ndarray, score: Score, guess: int, other: int) -> Evidence:
    """Return what in a framed `image`, (28, 28) in 0..255, speaks for `guess`, and could for `other`.

    `score` is called once, with (n, 28, 28) float32 of at most 64 images; it returns probabilities,
    (n, 10). An image without ink has no evidence: its maps are 0.
    """
    ink = image.reshape(-1).astype(np.float32)  # (784,)
    hidden, drawn = _where_to_hide(ink), _where_to_draw(ink)  # places, as indices of pixels
    without = ink * (1 - _discs(hidden, PATCH_RADIUS))  # (hidden, 784)
    with_dot = np.maximum(ink, FULL_INK * _discs(drawn, DOT_RADIUS))  # (drawn, 784)
    asked = np.concatenate([ink[None], without, with_dot])  # (n, 784)
    probabilities = np.maximum(score(asked.reshape(-1, SIDE, SIDE)), SMALLEST)  # (n, 10)

    speaks_for = _log_odds(probabilities, guess)  # (n,)
    lost = speaks_for[0] - speaks_for[1 : 1 + len(hidden)]
    turns_to = np.log(probabilities[:, other] / probabilities[:, guess])  # (n,)
    won = np.maximum(turns_to[1:] - turns_to[0], 0)

    inked = ink / FULL_INK
    helps = (1 - inked) * _smoothed(drawn, won[len(hidden) :])
    hinders = inked * _smoothed(hidden, won[: len(hidden)])
    return Evidence(_as_map(inked * _smoothed(hidden, lost)), _as_map(helps - hinders))


def _where_to_hide(ink: np.ndarray) -> np.ndarray:
    inked = np.flatnonzero(ink >= EDGE)
    return _evenly(inked if inked.size else np.flatnonzero(ink), HIDDEN)


def _where_to_draw(ink: np.ndarray) -> np.ndarray:
    inked = np.flatnonzero(ink)
    if inked.size == 0:
        return inked
    away = _distances()[:, inked].min(axis=1)  # (784,)
    inside = np.zeros((SIDE, SIDE), bool)
    inside[MARGIN:-MARGIN, MARGIN:-MARGIN] = True
    return _evenly(np.flatnonzero(inside.reshape(-1) & (away >= REACH[0]) & (away <= REACH[1])), DRAWN)


def _evenly(places: np.ndarray, most: int) -> np.ndarray:
    """Return at most `most` of `places`, each as far from those before it as can be."""
    if len(places) <= most:
        return places
    apart = _distances()[np.ix_(places, places)]
    chosen, nearest = [0], apart[0].copy()
    for _ in range(most - 1):
        chosen.append(int(nearest.argmax()))
        np.minimum(nearest, apart[chosen[-1]], out=nearest)
    return places[chosen]


@cache  # made when it is first needed, for the sake of whoever never does
def _distances() -> np.ndarray:
    """Return the px between any two pixels, (784, 784) float32."""
    places = np.stack(np.divmod(np.arange(SIDE * SIDE), SIDE), axis=1).astype(np.float32)  # (784, 2)
    return np.hypot(*(places[:, None] - places).transpose(2, 0, 1))


def _discs(places: np.ndarray, radius: float) -> np.ndarray:
    """Return discs around `places`, (places, 784) in 0..1, with an edge one pixel soft."""
    return np.clip(radius + 0.5 - _distances()[places], 0, 1)


def _log_odds(probabilities: np.ndarray, digit: int) -> np.ndarray:
    # 1 - p would be 0 where p rounds to 1.
    others = np.delete(probabilities, digit, axis=1).sum(axis=1)
    return np.log(probabilities[:, digit] / others)


def _smoothed(places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return for each pixel the mean of the `values` at `places`, by nearness; 0 where none is near."""
    weights = np.exp(-((_distances()[places] / SPREAD) ** 2) / 2)  # (places, 784)
    return values @ weights / np.maximum(weights.sum(axis=0), 1)


def _as_map(values: np.ndarray) -> np.ndarray:
    most = np.abs(values).max()
    return (values / most if most > 0 else values).reshape(SIDE, SIDE)
