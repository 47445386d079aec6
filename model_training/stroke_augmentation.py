"""Augmentation of pen strokes, before they are drawn: how another hand might have written the character.

Distorting strokes rather than pixels keeps the pen's width, and can do what pixels can't: cut corners
as a fast hand does, join or part strokes, cross a seven.
"""

import numpy as np
from scipy import ndimage

from model_training.alphabets import DIGITS, Alphabet
from model_training.datasets import Drawing, Images
from model_training.framing import SIDE, frame, resample
from model_training.strokes import PEN_WIDTH, draw_strokes, frame_strokes

PEN_WIDTHS = (1.5, 4.2)  # px at the normalised size
# How a drawing reaches the model: its strokes redrawn, a small bitmap, or a large one with its own pen.
ROUTES = {"strokes": 0.6, "small bitmap": 0.25, "large bitmap": 0.15}
CANVAS = 4 * SIDE  # px, a side
CANVAS_PEN = (1.2, 2.4)  # px once the canvas is shrunk to 28: 12 to 24 on the usual canvas of 280
STYLES = {
    "crossed seven": 0.25,
    "slashed zero": 0.12,
    "dotted zero": 0.02,
    "based one": 0.1,
    "flagged one": 0.14,
    "crossed z": 0.12,
}


def label_indices(drawings: list[Drawing], alphabet: Alphabet = DIGITS) -> np.ndarray:
    """The output of `alphabet` that stands for each drawing's label: (n,) uint8."""
    return np.array([alphabet.index(d.label) for d in drawings], np.uint8)


def render(drawings: list[Drawing], alphabet: Alphabet = DIGITS) -> Images:
    """Draw characters of `alphabet` as the page does, undistorted."""
    images = [frame_strokes(d.strokes) for d in drawings]
    return Images(np.array(images, np.uint8).reshape(-1, SIDE, SIDE), label_indices(drawings, alphabet))


def render_canvas(digits: list[Drawing], seed: int = 0) -> Images:
    """Draw the digits where and as large as they were written, on a canvas that is shrunk to 28x28.

    That is what a client posts that knows nothing of framing. The result is not framed; the ink's longer
    side is 5 to 20 px.
    """
    rng = np.random.default_rng(seed)
    pens = rng.uniform(*CANVAS_PEN, len(digits)) * CANVAS / SIDE
    canvases = (
        draw_strokes([s * CANVAS for s in d.strokes], CANVAS, pen)
        for d, pen in zip(digits, pens, strict=True)
    )
    images = np.stack([resample(canvas, SIDE, SIDE) for canvas in canvases])
    return Images(images, label_indices(digits))


def render_resized(drawings: list[Drawing], seed: int = 0, alphabet: Alphabet = DIGITS) -> Images:
    """Draw characters as a careless client would: small, off-centre, merely resized to 28x28.

    The result is not framed. The ink's longer side is 7 to 16 px, anywhere in the image.
    """
    rng = np.random.default_rng(seed)
    images = [small_bitmap(d.strokes, rng) for d in drawings]
    return Images(np.array(images, np.uint8).reshape(-1, SIDE, SIDE), label_indices(drawings, alphabet))


def render_variants(
    drawings: list[Drawing], variants: int, seed: int, progress=iter, alphabet: Alphabet = DIGITS
) -> Images:
    """Draw `variants` distorted copies of each character of `alphabet`, each framed.

    `progress` wraps the iteration, as tqdm does.
    """
    rng = np.random.default_rng(seed)
    images = np.empty((len(drawings) * variants, SIDE, SIDE), np.uint8)
    labels = np.repeat(label_indices(drawings, alphabet), variants)
    for i, drawing in enumerate(progress(drawings)):
        for j in range(variants):
            images[i * variants + j] = draw_by_some_route(distort(drawing, rng), rng)
    return Images(images, labels)


def distort(drawing: Drawing, rng: np.random.Generator) -> list[np.ndarray]:
    """Return strokes of the same character as another hand might have drawn them, in units of 0..1."""
    return vary(_restyle(to_unit_box(drawing.strokes), drawing.label, rng), rng)


def vary(strokes: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """Return strokes, in units of 0..1, as another hand might have drawn them, whatever they show."""
    strokes = _regroup(strokes, rng)
    strokes = [_hook_end(_change_speed(_round_corners(s, rng), rng), rng) for s in strokes]
    warp = _random_warp(rng)
    return [warp(s) + rng.normal(0, 0.004, s.shape) for s in strokes]


def small_bitmap(strokes, rng: np.random.Generator, pen: tuple[float, float] = (1.0, 2.6)) -> np.ndarray:
    """Draw strokes small and anywhere in a 28x28 bitmap, (28, 28) uint8, not framed."""
    strokes = to_unit_box(strokes)
    size = rng.uniform(7, 16)
    pen_width = rng.uniform(*pen) * (0.6 + size / 40)
    points = np.concatenate(strokes) * size
    room = SIDE - (points.max(axis=0) - points.min(axis=0)) - pen_width
    corner = rng.uniform(0, np.maximum(room, 0)) + pen_width / 2 - points.min(axis=0)
    return draw_strokes([s * size + corner for s in strokes], SIDE, pen_width)


def draw_by_some_route(strokes: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Draw strokes, in any unit, by one of `ROUTES` with a pen of some width: framed (28, 28) uint8."""
    strokes = to_unit_box(strokes)  # whatever was done to them: nothing is drawn beyond a bitmap's edge
    route = rng.choice(list(ROUTES), p=list(ROUTES.values()))
    if route == "small bitmap":
        return frame(small_bitmap(strokes, rng))
    # Thin and thick pens are rarer than the page's own.
    pen_width = float(np.clip(PEN_WIDTH * np.exp(rng.normal(0, 0.28)), *PEN_WIDTHS))
    if route == "large bitmap":
        side = int(rng.integers(40, 90))
        enlarged = [s * (side - 2 * pen_width * side / 20) + pen_width * side / 20 for s in strokes]
        bitmap = draw_strokes(enlarged, side, pen_width * side / 20)
        coarse = int(rng.integers(16, side))
        return frame(resample(bitmap, coarse, coarse))
    return frame_strokes(strokes, pen_width)


def to_unit_box(strokes) -> list[np.ndarray]:
    """Move and scale strokes so that their longer side runs from 0 to 1, the other one centred."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = max(float((high - low).max()), 1e-6)
    return [(s - (low + high) / 2) / extent + 0.5 for s in strokes]


def _restyle(strokes: list[np.ndarray], label: str, rng: np.random.Generator) -> list[np.ndarray]:
    """Add what some writers add: a seven's and a z's crossbar, a zero's slash, a one's base and flag."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.maximum(high - low, 0.05)

    def chance(style: str) -> bool:
        return rng.random() < STYLES[style]

    if label == "7" and len(strokes) == 1 and chance("crossed seven"):
        stem = points[len(points) * 2 // 3] + rng.normal(0, 0.04, 2)
        half = rng.uniform(0.15, 0.3) * max(width, 0.5)
        tilt = rng.normal(0, 0.05)
        return [*strokes, np.array([stem - (half, -tilt), stem + (half, -tilt)])]
    if label in "zZ" and len(strokes) == 1 and chance("crossed z"):
        middle = (low + high) / 2 + rng.normal(0, 0.04, 2)
        half = rng.uniform(0.15, 0.35) * max(width, 0.5)
        tilt = rng.normal(0, 0.05)
        return [*strokes, np.array([middle - (half, -tilt), middle + (half, -tilt)])]
    if label == "0" and len(strokes) == 1 and chance("slashed zero"):
        return _slashed(strokes[0], low, high, rng)
    if label == "0" and len(strokes) == 1 and chance("dotted zero"):
        middle = (low + high) / 2 + rng.normal(0, 0.03, 2)
        return [*strokes, middle + rng.normal(0, 0.025, (int(rng.integers(1, 5)), 2))]
    if label == "1" and width < 0.45 * height:
        foot = points[points[:, 1].argmax()]
        top = points[points[:, 1].argmin()]
        extra = []
        if chance("based one"):
            half = rng.uniform(0.12, 0.3)
            extra.append(np.array([foot - (half, 0), foot + (half, 0)]) + rng.normal(0, 0.02, (2, 2)))
        if len(strokes) == 1 and width < 0.2 * height and chance("flagged one"):
            flag = top + (-rng.uniform(0.12, 0.42), rng.uniform(0.1, 0.4))
            extra.append(np.array([flag, top]))
        return [*strokes, *extra]
    return strokes


def _slashed(
    zero: np.ndarray, low: np.ndarray, high: np.ndarray, rng: np.random.Generator
) -> list[np.ndarray]:
    """A zero with a stroke through it, within the loop or beyond it, the pen lifted before or not."""
    middle, half = (low + high) / 2, (high - low) / 2
    reach = rng.uniform(0.55, 1.45)  # of the loop's own extent
    lean = rng.uniform(0.15, 1.1) * rng.choice([1, 1, 1, 1, -1])  # 1: along the diagonal; 0: upright
    end = middle + np.array([half[0] * lean, -half[1] * rng.uniform(0.6, 1.0)]) * reach
    start = 2 * middle - end + rng.normal(0, 0.03, 2)
    slash = np.array([start, (start + end) / 2 + rng.normal(0, 0.02, 2), end])
    if rng.random() < 0.5:
        slash = slash[::-1]
    if rng.random() < 0.2:
        return [np.concatenate([zero, slash])]
    return [zero, slash]


def _regroup(strokes: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """Join two strokes as a pen that isn't lifted does, part one, or clip an end."""
    if len(strokes) > 1 and rng.random() < 0.08:
        strokes = [np.concatenate(strokes[:2]), *strokes[2:]]
    if rng.random() < 0.15:
        longest = max(range(len(strokes)), key=lambda i: len(strokes[i]))
        stroke = strokes[longest]
        if len(stroke) > 12:
            gap = max(1, len(stroke) // 25)
            cut = int(rng.integers(len(stroke) // 5, 4 * len(stroke) // 5))
            strokes = [*strokes[:longest], stroke[:cut], stroke[cut + gap :], *strokes[longest + 1 :]]
    if rng.random() < 0.3:
        strokes = [s[rng.integers(0, 1 + len(s) // 15) : len(s) - rng.integers(0, 1 + len(s) // 15)]
                   for s in strokes]  # fmt: skip
    return strokes


def _round_corners(stroke: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Smooth along the path as a lazy hand does: a three loses its notch, a one its sharp flag."""
    if len(stroke) < 8 or rng.random() < 0.6:
        return stroke
    reach = rng.uniform(0, 0.05) * len(stroke)  # points; about 40 make a digit
    smooth = ndimage.gaussian_filter1d(stroke, max(reach, 0.1), axis=0, mode="nearest")
    smooth[[0, -1]] = stroke[[0, -1]]
    return smooth


def _hook_end(stroke: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Carry the end of a stroke on along an arc, as nines and sevens are hooked by some."""
    if len(stroke) < 4 or rng.random() < 0.85:
        return stroke
    direction = stroke[-1] - stroke[-4]
    length = np.hypot(*direction)
    if length < 1e-6:
        return stroke
    step = rng.uniform(0.01, 0.035)
    heading = np.arctan2(direction[1], direction[0]) + np.cumsum(np.full(6, rng.normal(0, 0.3)))
    arc = np.cumsum(step * np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    return np.concatenate([stroke, stroke[-1] + arc])


def _change_speed(stroke: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Drop points as a faster or slower hand would, keeping both ends; corners are cut."""
    if len(stroke) < 4 or rng.random() < 0.4:
        return stroke
    keep = rng.random(len(stroke)) < rng.uniform(0.4, 1)
    keep[[0, -1]] = True
    return stroke[keep]


def _random_warp(rng: np.random.Generator):
    """A smooth map of the plane: slant, rotation, aspect, proportions and low-frequency waves."""
    angle = np.deg2rad(rng.normal(0, 7))
    slant = rng.normal(0, 0.17)
    aspect = np.exp(rng.normal(0, 0.13))
    linear = (
        np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        @ np.array([[1, slant], [0, 1]])
        @ np.diag([aspect, 1 / aspect])
    )
    taper = rng.normal(0, 0.18)  # how much narrower the top is than the bottom
    waist = np.clip(rng.normal(0, 0.35), -0.8, 0.8)  # how much lower the middle lies
    waves = [(rng.normal(0, 3.5, 2), rng.uniform(0, 2 * np.pi), rng.normal(0, 0.022, 2)) for _ in range(3)]

    def warp(points: np.ndarray) -> np.ndarray:
        x, y = (points - 0.5).T
        centred = np.column_stack([x * (1 + 2 * taper * y), y + waist * (0.25 - y**2)])
        bent = sum(np.sin(centred @ k + phase)[:, None] * amplitude for k, phase, amplitude in waves)
        return (centred + bent) @ linear.T + 0.5

    return warp
