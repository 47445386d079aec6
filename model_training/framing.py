"""Framing: any ink bitmap becomes the 28x28 image that the model was trained on.

This is the recipe by which MNIST itself was made (LeCun, Cortes and Burges, "The MNIST database of
handwritten digits": size-normalised to a 20x20 box keeping the aspect, anti-aliased, then placed by
centre of mass in 28x28). Its twin for the page is `frontend/src/ink/framing.ts`; both read
`tests/golden_cases.json`.
"""

import numpy as np

SIDE = 28  # px, the framed image
BOX = 20  # px, the longer side of the ink inside it
SPECK = 3  # px, ink this small has no shape to enlarge
FULL_INK = 255

# The centre of mass lies in [CENTRE - 0.5, CENTRE + 0.5), counted in indices of pixel centres.
CENTRE = 14


def frame(ink: np.ndarray) -> np.ndarray:
    """Return the framed image of `ink`: cropped, size-normalised and centred by mass.

    `ink` is a 2-D array of any size (height, width), integer or float, 0 for paper to 255 for full
    ink. The result is (28, 28) uint8. Framing is idempotent: a framed image comes back unchanged, and
    so does an MNIST image. Empty ink gives an empty image; ink of at most 3x3 px is centred but not
    enlarged. Where the centre of mass can't be met without pushing ink over the edge, ink is kept.

    Raises ValueError if `ink` is not 2-D, or holds NaN or a value outside 0..255.
    """
    cropped = crop_to_ink(_as_levels(ink))
    if cropped.size == 0:
        return np.zeros((SIDE, SIDE), np.uint8)
    return _place_by_mass(_size_normalise(cropped))


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
    placed = (top == _offsets(row, height)) & (left == _offsets(column, width))
    return (longer == 0) | (normalised & placed)


def crop_to_ink(ink: np.ndarray) -> np.ndarray:
    """Return the part of a 2-D `ink` inside its bounding box; (0, 0) where there is no ink."""
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    if rows.size == 0:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def resample(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    """Resize a 2-D `ink` to (height, width) uint8, separably: see `_axis_weights`.

    Ink never vanishes: a pixel that any ink fell into keeps at least level 1. So the bounding box of
    the result is the whole of it, which is what makes framing idempotent.
    """
    rows = _axis_weights(ink.shape[0], height)  # (height, h)
    columns = _axis_weights(ink.shape[1], width)  # (width, w)
    levels = rows @ ink.astype(np.float64) @ columns.T  # (height, width)
    rounded = np.clip(np.floor(levels + 0.5), 0, FULL_INK)
    return np.where(levels > 0, np.maximum(rounded, 1), 0).astype(np.uint8)


def _as_levels(ink: np.ndarray) -> np.ndarray:
    ink = np.asarray(ink)
    if ink.ndim != 2:
        raise ValueError(f"ink must be a 2-D array, got {ink.ndim} dimensions")
    if ink.size and not (ink.min() >= 0 and ink.max() <= FULL_INK):  # also catches NaN
        raise ValueError("ink must lie in 0..255 (0 is paper, 255 is full ink)")
    return np.floor(ink.astype(np.float64) + 0.5).astype(np.uint8)


def _size_normalise(cropped: np.ndarray) -> np.ndarray:
    """Scale ink that fills its array so that the longer side is 20 px, keeping the aspect."""
    height, width = cropped.shape
    longer = max(height, width)
    if longer == BOX or longer <= SPECK:
        return cropped
    return resample(cropped, _scaled(height, longer), _scaled(width, longer))


def _scaled(length: int, longer: int) -> int:
    # In integers, so that both twins round a half the same way.
    return max(1, (2 * length * BOX + longer) // (2 * longer))


def _place_by_mass(ink: np.ndarray) -> np.ndarray:
    """Place ink of at most 20 px a side in 28x28 by a whole-pixel shift."""
    height, width = ink.shape
    mass = ink.sum(dtype=np.int64)
    row = (ink.sum(axis=1, dtype=np.int64) @ np.arange(height)) / mass
    column = (ink.sum(axis=0, dtype=np.int64) @ np.arange(width)) / mass
    top, left = _offset(row, height), _offset(column, width)
    framed = np.zeros((SIDE, SIDE), np.uint8)
    framed[top : top + height, left : left + width] = ink
    return framed


def _offset(centre_of_mass: float, length: int) -> int:
    offset = int(np.ceil(CENTRE - 0.5 - centre_of_mass))
    return min(max(offset, 0), SIDE - length)


def _axis_weights(source: int, target: int) -> np.ndarray:
    """Resampling weights along one axis, (target, source), each row summing to 1.

    Shrinking averages over the source pixels that a target pixel covers (area-weighted, so thin lines
    fade but never break); enlarging interpolates linearly between pixel centres.
    """
    scale = source / target
    index = np.arange(source)
    start = np.arange(target)[:, None] * scale  # (target, 1)
    if target <= source:
        overlap = np.minimum(start + scale, index + 1) - np.maximum(start, index)
        weights = np.maximum(overlap, 0)
        weights[weights < 1e-9] = 0  # float dust would count as ink
    else:
        centre = np.clip(start + scale / 2 - 0.5, 0, source - 1)
        weights = np.maximum(1 - np.abs(centre - index), 0)
    return weights / weights.sum(axis=1, keepdims=True)


def _extent(mass: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First index, length and centre of mass inside that length of `mass`, (n, 28), each (n,)."""
    inked = mass > 0
    first = inked.argmax(axis=1)
    length = np.where(inked.any(axis=1), SIDE - inked[:, ::-1].argmax(axis=1) - first, 0)
    total = mass.sum(axis=1)
    # In integers up to the division, as in `frame`, so that both round a half alike.
    moment = mass @ np.arange(SIDE) - first * total
    return first, length, moment / np.maximum(total, 1)


def _offsets(centre_of_mass: np.ndarray, length: np.ndarray) -> np.ndarray:
    offset = np.ceil(CENTRE - 0.5 - centre_of_mass).astype(np.int64)
    return np.clip(offset, 0, SIDE - length)
