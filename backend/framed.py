"""Framing many images at once, cheaply where they are framed already."""

import numpy as np

from model_training.framing import BOX, CENTRE, SIDE, SPECK, frame


def frame_all(images: np.ndarray) -> np.ndarray:
    """Return `frame` of each of `images`, (n, 28, 28) of 0..255, as (n, 28, 28) uint8.

    Most clients send framed images, which framing leaves unchanged; those are told apart in one
    array operation, and only the others are framed one by one.
    """
    levels = np.floor(images + 0.5).astype(np.uint8)
    for index in np.flatnonzero(~is_framed(levels)):
        levels[index] = frame(levels[index])
    return levels


def is_framed(levels: np.ndarray) -> np.ndarray:
    """Return, for each of `levels`, (n, 28, 28) uint8, whether `frame` leaves it unchanged: (n,) bool."""
    top, height, row = _extent(levels.sum(axis=2, dtype=np.int64))
    left, width, column = _extent(levels.sum(axis=1, dtype=np.int64))
    longer = np.maximum(height, width)
    normalised = (longer == BOX) | (longer <= SPECK)
    placed = (top == _offset(row, height)) & (left == _offset(column, width))
    return (longer == 0) | (normalised & placed)


def _extent(mass: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First index, length and centre of mass inside that length of `mass`, (n, 28), each (n,)."""
    inked = mass > 0
    first = inked.argmax(axis=1)
    length = np.where(inked.any(axis=1), SIDE - inked[:, ::-1].argmax(axis=1) - first, 0)
    total = mass.sum(axis=1)
    # In integers up to the division, as in `frame`, so that both round a half alike.
    moment = mass @ np.arange(SIDE) - first * total
    return first, length, moment / np.maximum(total, 1)


def _offset(centre_of_mass: np.ndarray, length: np.ndarray) -> np.ndarray:
    offset = np.ceil(CENTRE - 0.5 - centre_of_mass).astype(np.int64)
    return np.clip(offset, 0, SIDE - length)
