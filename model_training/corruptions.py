"""Corruptions: how a picture of a digit goes wrong, each in levels from harmless to hopeless."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from model_training.framing import FULL_INK

Corrupt = Callable[[np.ndarray, float], np.ndarray]


@dataclass(frozen=True)
class Corruption:
    """A corruption of (n, 28, 28) images and the levels at which it is tried."""

    unit: str
    levels: tuple[float, ...]
    apply: Corrupt

    def __call__(self, images: np.ndarray, level: float) -> np.ndarray:
        """Return corrupted copies of `images`, (n, 28, 28) uint8, always the same for the same input."""
        corrupted = self.apply(images.astype(np.float32), level)
        return np.clip(np.rint(corrupted), 0, FULL_INK).astype(np.uint8)


def _noise(images: np.ndarray, level: float) -> np.ndarray:
    return images + np.random.default_rng(0).normal(0, level * FULL_INK, images.shape)


def _blur(images: np.ndarray, level: float) -> np.ndarray:
    return ndimage.gaussian_filter(images, (0, level, level))


def _shift(images: np.ndarray, level: float) -> np.ndarray:
    return ndimage.shift(images, (0, 0, level), order=1)


def _rotation(images: np.ndarray, level: float) -> np.ndarray:
    return ndimage.rotate(images, level, axes=(2, 1), reshape=False, order=1)


def _scale(images: np.ndarray, level: float) -> np.ndarray:
    middle = (images.shape[1] - 1) / 2
    offset = middle - middle / level
    return ndimage.affine_transform(images, (1, 1 / level, 1 / level), (0, offset, offset), order=1)


def _thickness(images: np.ndarray, level: float) -> np.ndarray:
    """Grey dilation (above 0) or erosion (below) by a disc, a share of a pixel counting by its share."""
    steps = [np.sign(level)] * int(abs(level)) + [level - np.trunc(level)]
    cross = ndimage.generate_binary_structure(2, 1)[None]
    for step in steps:
        filtered = (ndimage.grey_dilation if step > 0 else ndimage.grey_erosion)(images, footprint=cross)
        images = images + abs(step) * (filtered - images)
    return images


CORRUPTIONS = {
    "noise": Corruption("deviation, share of full ink", (0, 0.1, 0.2, 0.3, 0.45, 0.6), _noise),
    "blur": Corruption("deviation, px", (0, 0.5, 1, 1.5, 2, 2.5), _blur),
    "shift": Corruption("px to the right", (0, 1, 2, 3, 4, 6), _shift),
    "rotation": Corruption("degrees, anticlockwise", (0, 10, 20, 30, 40, 50), _rotation),
    "scale": Corruption("share of the size", (0.4, 0.55, 0.7, 0.85, 1, 1.15, 1.3), _scale),
    "thickness": Corruption("px, thinner below 0", (-1.5, -1, -0.5, 0, 1, 2, 3), _thickness),
}
