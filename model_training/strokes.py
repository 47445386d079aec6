"""Strokes to ink: pen strokes are drawn again at the size that the model reads.

Scaling a bitmap of a small drawing scales its pen with it and closes its loops; drawing the strokes
anew at the normalised size, with a pen of MNIST's width, does not. Its twin for the page is
`frontend/src/ink/strokes.ts`; both read `tests/golden_cases.json`.
"""

from collections.abc import Sequence

import numpy as np

from model_training.framing import BOX, FULL_INK, SIDE, frame

PEN_WIDTH = 2.4  # px at the normalised size; MNIST's mean ink per image is met here
DOT_EXTENT = 0.02  # of the drawing box: a shaky tap is a dot, not a tiny drawing to enlarge

Strokes = Sequence[np.ndarray]


def frame_strokes(strokes: Strokes, pen_width: float = PEN_WIDTH) -> np.ndarray:
    """Return the framed image, (28, 28) uint8, of a drawing.

    Each stroke is an (N, 2) array of x, y with x to the right and y down, in units of the drawing box
    (its side is 1; points may lie outside). A stroke of one point is a dot. No strokes, or strokes
    without points, give an empty image.

    Raises ValueError if a stroke is not (N, 2) or holds NaN or infinity.
    """
    return frame(draw_strokes(normalise_strokes(strokes, pen_width), BOX, pen_width))


def normalise_strokes(strokes: Strokes, pen_width: float = PEN_WIDTH) -> list[np.ndarray]:
    """Scale and move strokes so that, drawn with `pen_width` px, they touch 0 and 20 px.

    The longer side of the ink is 20 px, the aspect is kept, and its top left corner is at (0, 0).
    A drawing smaller than a dot keeps its place in the middle of a dot instead of being enlarged.
    Returns a list of (N, 2) float arrays in px; strokes without points are dropped.
    """
    kept = [_as_points(stroke) for stroke in strokes]
    kept = [stroke for stroke in kept if len(stroke)]
    if not kept:
        return []
    points = np.concatenate(kept)  # (all points, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    if extent < DOT_EXTENT:
        return [np.full((1, 2), pen_width / 2)]
    scale = (BOX - pen_width) / extent
    return [(stroke - low) * scale + pen_width / 2 for stroke in kept]


def draw_strokes(strokes: Strokes, side: int = SIDE, pen_width: float = PEN_WIDTH) -> np.ndarray:
    """Draw strokes with a round, anti-aliased pen on a (side, side) uint8 ink bitmap.

    Points are in px, (0, 0) being the top left corner of the bitmap. A pixel's level is
    255 * clamp(pen_width / 2 + 0.5 - d), d the distance in px from its centre to the nearest segment.
    """
    start, end = _segments(strokes)
    if len(start) == 0:
        return np.zeros((side, side), np.uint8)
    centre = np.arange(side) + 0.5
    x, y = centre[None, :, None], centre[:, None, None]
    along = end - start  # (segments, 2)
    length_squared = np.maximum((along**2).sum(axis=1), 1e-12)
    from_x, from_y = x - start[:, 0], y - start[:, 1]  # (1, side, segments), (side, 1, segments)
    position = np.clip((from_x * along[:, 0] + from_y * along[:, 1]) / length_squared, 0, 1)
    distance_squared = (from_x - position * along[:, 0]) ** 2 + (from_y - position * along[:, 1]) ** 2
    distance = np.sqrt(distance_squared.min(axis=2))  # (side, side)
    coverage = np.clip(pen_width / 2 + 0.5 - distance, 0, 1)
    return np.floor(coverage * FULL_INK + 0.5).astype(np.uint8)


def _as_points(stroke: np.ndarray) -> np.ndarray:
    points = np.asarray(stroke, dtype=np.float64)
    if points.size == 0:
        return points.reshape(0, 2)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"a stroke must be an (N, 2) array of x and y, got shape {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("a stroke must hold finite numbers")
    return points


def _segments(strokes: Strokes) -> tuple[np.ndarray, np.ndarray]:
    """Start and end points, each (segments, 2); a dot is a segment of length 0."""
    starts = [s[:-1] if len(s) > 1 else s for s in strokes]
    ends = [s[1:] if len(s) > 1 else s for s in strokes]
    if not starts:
        return np.zeros((0, 2)), np.zeros((0, 2))
    return np.concatenate(starts), np.concatenate(ends)
