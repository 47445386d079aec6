"""What forms and registers print around a digit, or through it.

Each draws on `cover`, (height, width) uint8, by where the corners `low` and `high` of the digit are, (2,)
x, y in px.
"""

from collections.abc import Sequence

import cv2
import numpy as np

Rng = np.random.Generator


def waves(shape: tuple[int, int], length: float, rng: Rng) -> np.ndarray:
    """Smooth noise, (height, width) float32 of spread 1; `length` in px."""
    coarse = max(1, int(length / 2))  # slow waves are blurred where they are small
    size = (max(2, shape[1] // coarse), max(2, shape[0] // coarse))
    noise = cv2.GaussianBlur(rng.standard_normal(size[::-1], np.float32), (0, 0), length / coarse)
    waving: np.ndarray = cv2.resize(noise, shape[::-1])
    return waving / np.float32(max(float(np.std(noise)), 1e-6))


def box(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """A box around the digit."""
    size = float((high - low).max())
    room = rng.uniform(0.04, 0.28, 4) * size
    corners = _px(low - room[:2]), _px(high + room[2:])
    cv2.rectangle(cover, *corners, 255, max(1, round(size * rng.uniform(0.008, 0.04))), cv2.LINE_AA, 4)


def grid(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """A grid, whose lines cross at the corners of the digit's cell."""
    size = float((high - low).max())
    room = rng.uniform(0.04, 0.25, 4) * size
    thickness = max(1, round(size * rng.uniform(0.008, 0.04)))
    low, high = low - room[:2], high + room[2:]
    for axis, side in enumerate((high - low).tolist()):
        for step in range(-1, 3):
            ends = np.array([[-99.0, -99.0], [9999.0, 9999.0]])
            ends[:, axis] = low[axis] + step * side
            cv2.line(cover, _px(ends[0]), _px(ends[1]), 255, thickness, cv2.LINE_AA, 4)


def row_of_boxes(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """Boxes side by side with a gap, drawn in a double line or with rounded corners."""
    size = float((high - low).max())
    room = rng.uniform(0.04, 0.25, 4) * size
    low, high = low - room[:2], high + room[2:]
    thickness = max(1, round(size * rng.uniform(0.008, 0.02)))
    apart = (high - low)[0] + rng.uniform(0.06, 0.2) * size
    double, corner = rng.random() < 0.5, rng.uniform(0.05, 0.2) * size
    for step in (-1, 0, 1):
        shift = np.array([step * apart, 0])
        if double:
            inner = (3 + rng.uniform(0, 3)) * thickness
            for rim in (0, inner):
                at = _px(low + shift - rim), _px(high + shift + rim)
                cv2.rectangle(cover, *at, 255, thickness, cv2.LINE_AA, 4)
        else:
            turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
            around = np.column_stack([np.cos(turns), np.sin(turns)])
            middle, half = (low + high) / 2 + shift, (high - low) / 2 - corner
            outline = middle + np.sign(around) * half + corner * around
            cv2.polylines(cover, [np.round(outline * 16).astype(int)], True, 255, thickness, cv2.LINE_AA, 4)


def comb(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """A line below the digits with short uprights between them, as forms have for account numbers."""
    size = float((high - low).max())
    room = rng.uniform(0.1, 0.22, 4) * size
    thickness = max(1, round(size * rng.uniform(0.01, 0.025)))
    below = high[1] + room[3]
    cv2.line(cover, _px((-99, below)), _px((9999, below)), 255, thickness, cv2.LINE_AA, 4)
    tooth = rng.uniform(0.25, 0.7) * size
    for x in (low[0] - room[0], high[0] + room[2]):
        cv2.line(cover, _px((x, below)), _px((x, below - tooth)), 255, thickness, cv2.LINE_AA, 4)


def line_through(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """One or two form lines, of which one runs through the digit, perhaps not quite level."""
    size = float((high - low).max())
    at = low[1] + rng.uniform(0.15, 0.95) * (high - low)[1]
    slope = rng.normal(0, 0.01) * size
    thickness = max(1, round(size * rng.uniform(0.008, 0.025)))
    for y in (at, at + rng.choice([-1, 1]) * size)[: rng.integers(1, 3)]:
        cv2.line(cover, _px((-99, y - slope)), _px((low[0] + high[0] + 99, y + slope)), 255, thickness)


def column_through(cover: np.ndarray, low: np.ndarray, high: np.ndarray, rng: Rng) -> None:
    """A register's upright line through the digit, and perhaps a level one; both are broken by age."""
    size = float((high - low).max())
    thickness = max(1, round(size * rng.uniform(0.008, 0.02)))
    x = low[0] + rng.uniform(0, 1) * (high - low)[0]
    lean = rng.normal(0, 0.012) * size
    cv2.line(cover, _px((x - lean, -99)), _px((x + lean, 9999)), 255, thickness, cv2.LINE_AA, 4)
    if rng.random() < 0.5:
        y = low[1] + rng.uniform(0.2, 1) * (high - low)[1]
        cv2.line(cover, _px((-99, y)), _px((9999, y)), 255, thickness, cv2.LINE_AA, 4)
    cover[waves(cover.shape, size / 15, rng) > 1.2] = 0


def _px(point: Sequence[float] | np.ndarray) -> tuple[int, int]:
    return round(float(point[0]) * 16), round(float(point[1]) * 16)
