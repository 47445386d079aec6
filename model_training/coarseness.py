"""Coarse images: how surely something coarse, binarised or cut out by somebody's scanner is a character.

The network sees few of them that show a character and refuses them too often. Who has coarse scans has them
of characters, so there the evidence needed is less.
"""

import numpy as np

from model_training.alphabets import DIGITS
from model_training.framing import FULL_INK, SIDE

# Levels of which a pixel has any ink, and between which it is partly inked.
INKED, PARTLY = 20, (40, FULL_INK - 40)
# The share of inked pixels that are partly inked: between these in 98 to 100% of drawings and 77% of MNIST's
# images. A binarised or thickened image has fewer, one enlarged from few pixels, or blurred, more.
USUAL = (0.3, 0.5)
# How many times as likely a coarse image is to show a character as one that isn't, at equal evidence, by the
# alphabet's name. Of digits, 1.0 to 1.5% of each kind of bad scans (`scans.py`) are refused then instead of
# 2 to 3%, and hardly more drawn letters are taken for digits (one of 70 is coarse). Of letters as few would
# be refused only where three times as many coarse doodles and scribbles aren't, so none are favoured.
ODDS = {DIGITS.name: 16.0}
# The share of all pixels that are inked, over which it is rather a scribble: 95% of the bad scans have less.
MOST_INKED = 0.3


def is_coarse(images: np.ndarray) -> np.ndarray:
    """Which of framed `images`, (n, 28, 28) 0..255, are coarse: (n,) bool. An empty or full one isn't."""
    inked = _count(images > INKED)
    partly = _count((images > PARTLY[0]) & (images < PARTLY[1]))
    unusual = (partly < USUAL[0] * inked) | (partly > USUAL[1] * inked)
    return unusual & (inked < MOST_INKED * SIDE**2)


def _count(pixels: np.ndarray) -> np.ndarray:
    """How many of each image's `pixels`, (n, 28, 28) bool, are true: (n,)."""
    if len(pixels) == 1:  # which is what a server asks for most, and several times as fast
        return np.array([np.count_nonzero(pixels)])
    return pixels.sum(axis=(1, 2))


def with_coarse_odds(is_character: np.ndarray, images: np.ndarray, alphabet: str) -> np.ndarray:
    """Return `is_character`, (n,) in 0..1, of framed `images`, with higher odds where they are coarse.

    The odds of those (`is_coarse`) are multiplied by those of `alphabet` in `ODDS`, which is Bayes' rule with
    another prior.
    """
    odds = ODDS.get(alphabet, 1.0)
    if odds == 1:
        return is_character
    raised = odds * is_character / (1 + (odds - 1) * is_character)
    return np.where(is_coarse(images), raised, is_character)
