"""Pseudo-digits: drawings and noise that are no digit, to see what a model says of them."""

import numpy as np

from model_training.framing import FULL_INK, SIDE
from model_training.strokes import frame_strokes


def drawings() -> dict[str, np.ndarray]:
    """Small drawings that are no digit, by name, each framed: (28, 28) uint8."""
    angle = np.linspace(0, 2 * np.pi, 60)
    spiral = np.linspace(0, 6 * np.pi, 120)
    wave = np.linspace(0, 1, 60)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    heart = np.column_stack([
        16 * np.sin(angle) ** 3,
        -13 * np.cos(angle) + 5 * np.cos(2 * angle) + 2 * np.cos(3 * angle) + np.cos(4 * angle),
    ])  # fmt: skip
    shapes: dict[str, list] = {
        "cross": [[[0, 0], [1, 1]], [[1, 0], [0, 1]]],
        "A": [[[0, 1], [0.5, 0], [1, 1]], [[0.2, 0.6], [0.8, 0.6]]],
        "E": [[[1, 0], [0, 0], [0, 1], [1, 1]], [[0, 0.5], [0.8, 0.5]]],
        "H": [[[0, 0], [0, 1]], [[1, 0], [1, 1]], [[0, 0.5], [1, 0.5]]],
        "W": [[[0, 0], [0.25, 1], [0.5, 0.3], [0.75, 1], [1, 0]]],
        "triangle": [[[0.5, 0], [1, 1], [0, 1], [0.5, 0]]],
        "spiral": [np.column_stack([np.cos(spiral), np.sin(spiral)]) * spiral[:, None]],
        "heart": [heart],
        "wave": [np.column_stack([wave, 0.15 * np.sin(wave * 20)])],
        "smile": [circle, circle * 0.5 + [0, 0.1], [[-0.4, -0.4]], [[0.4, -0.4]]],
        "scribble": [np.random.default_rng(3).uniform(0, 1, (14, 2))],
        "dot": [[[0.5, 0.5]]],
    }
    return {name: frame_strokes([np.array(s, float) for s in strokes]) for name, strokes in shapes.items()}


def noise(n: int, seed: int = 0) -> np.ndarray:
    """Uniform noise, (n, 28, 28) uint8."""
    return np.random.default_rng(seed).integers(0, FULL_INK + 1, (n, SIDE, SIDE)).astype(np.uint8)
