"""What received levels are, told before they are framed: paper or ink, or no levels from 0 to 255 at all."""

import cv2
import numpy as np

from backend.reading.reasons import Reason
from model_training.framing import SIDE, frame, is_framed

# All of these were chosen with digits of MNIST's training set (the part that is validated by), as they are
# and shrunk to 10 to 18 px, under noise of up to 8 levels, even or bell-shaped, everywhere or in some places.
PAPER_SHARE = 98  # percent of what lies off the ink, that is paper and its noise; 95 to 99 do alike
MOST_NOISE = 16  # levels over the paper; more is faint ink, such as a pen that hardly touched
STRONG = 0.25  # of the way from the paper to the strongest ink, that a stroke reaches somewhere
NEAR_INK = 5  # px, the square in which a stroke's soft edges lie
LEAST_CONTRAST = 12  # levels; one and a half times the noise that must not matter
LEAST_PIXELS = 10  # that are 1 where all lie in 0..1; fewer are dust on an empty image
LEAST_BRIGHT = 64  # levels; what an inverted image's paper has at least, a quarter of all


def wrong_levels(images: np.ndarray) -> list[Reason | None]:
    """Return what keeps each of `images`, (n, 28, 28) of 0..255, from being levels of ink; None if nothing.

    An image on another scale is never guessed at: that would hide a mistake that others of the same client
    suffer from unseen.
    """
    flat = images.reshape(len(images), -1)  # (n, 784)
    small = (flat.max(axis=1) <= 1) & ((flat >= 0.5).sum(axis=1) >= LEAST_PIXELS)
    found: list[Reason | None] = [Reason.WRONG_SCALE if each else None for each in small]
    outer = images[:, [0, -1]].mean(axis=(1, 2))  # few images have ink at their upper and lower edge
    for index in np.flatnonzero(outer > LEAST_BRIGHT / 2):
        if not small[index] and _looks_inverted(images[index]):
            found[index] = Reason.LOOKS_INVERTED
    return found


def frame_ink(images: np.ndarray) -> np.ndarray:
    """Return `frame_all` of the ink of `images`, (n, 28, 28) of 0..255, as (n, 28, 28) uint8.

    What is framed already is left as it is, MNIST's images among it.
    """
    levels = images.copy() if images.dtype == np.uint8 else np.floor(images + 0.5).astype(np.uint8)
    for index in np.flatnonzero(~is_framed(levels)):
        levels[index] = frame(ink_of(levels[index]))
    return levels


def ink_of(levels: np.ndarray) -> np.ndarray:
    """Return `levels`, (height, width) uint8, with light paper and its noise at 0; all 0 where that is all.

    Ink is what stands out from the paper and hangs together with something strong: a faint edge of a stroke
    stays, and a pixel that is as faint, but alone, goes. What is framed already is left as it is.
    """
    strongest = int(levels.max())
    if strongest == 0 or (levels.shape == (SIDE, SIDE) and is_framed(levels[None])[0]):
        return levels
    if strongest < LEAST_CONTRAST:
        return np.zeros_like(levels)
    _, dark = cv2.threshold(levels, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    off = levels[cv2.dilate(dark, np.ones((NEAR_INK, NEAR_INK), np.uint8)) == 0]
    if off.size < levels.shape[1]:  # hardly anything to tell the paper by
        return levels
    paper = float(np.median(off))
    noise = min(float(np.percentile(off, PAPER_SHARE)), paper + MOST_NOISE)
    if strongest - noise < LEAST_CONTRAST:
        return np.zeros_like(levels)
    count, parts = cv2.connectedComponents((levels > noise).astype(np.uint8))
    is_ink = np.zeros(count, bool)
    is_ink[parts[levels > noise + STRONG * (strongest - noise)]] = True
    kept = np.where(is_ink[parts], (levels - paper) * (strongest / (strongest - paper)), 0)
    return np.floor(np.clip(kept, 0, 255) + 0.5).astype(np.uint8)


def _looks_inverted(image: np.ndarray) -> bool:
    """Whether most of `image`, its edge too, is bright, and what differs is darker."""
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    paper = float(np.median(image))
    return min(paper, float(np.median(edge))) > LEAST_BRIGHT and float(image.mean()) <= paper
