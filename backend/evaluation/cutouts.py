"""Digits cut out of something larger: forms, registers, cheques and small scans, drawn from pen strokes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from backend.evaluation import forms
from backend.evaluation.forms import waves
from backend.evaluation.photographs import Colour, Rng, dark_pen

DRAWN = 200  # px, the digit's longer side while it is drawn, unless it is to be larger
REACH = 0.7  # of the digit's longer side, that the sheet goes on beyond it on every side
PIECES = 3  # of a translucent stroke; where they overlap the ink is darker

Strokes = Sequence[np.ndarray]  # (N, 2) x, y each
Printing = Callable[[np.ndarray, np.ndarray, np.ndarray, Rng], None]
Strength = Callable[[int, Rng], np.ndarray]
Page = Callable[[np.ndarray, Rng], np.ndarray]


@dataclass(frozen=True)
class CutOut:
    """What a digit is cut out of, and how; lengths are shares of the digit's longer side."""

    size: tuple[float, float] = (100, 300)  # px, of the digit's longer side in the file
    pen: tuple[float, float] = (0.05, 0.11)
    pen_px: tuple[float, float] | None = None  # the same in px of the file
    jagged: bool = False  # drawn without soft edges
    turn: float = 4.0  # degrees, at most
    room: tuple[float, float] = (0.08, 0.3)  # beside the digit, on every side
    neighbours: str = ""  # "beside", "stacked", or both
    apart: tuple[float, float] = (0.06, 0.25)  # of neighbours
    printing: Printing | None = None  # what draws printed lines
    line_ink: Colour = (40, 40, 40)
    ink: Colour = (35, 35, 40)
    paper: Colour = (255, 255, 255)
    opacity: tuple[float, float] = (1.0, 1.0)
    strength: Strength | None = None  # of the ink along a stroke, (points,) of 0..1
    translucent: float | None = None  # of the light, that a marker takes; what it covers twice is darker
    grain: float = 0.0  # how much of the ink rough paper leaves out
    ground: Page | None = None  # what the paper is like
    light: float = 0.0  # how much darker the far corner is
    blur: float = 0.0  # of the picture
    noise: float = 0.0  # levels
    quality: int = 0  # of a JPEG; 0 is a PNG
    square: int = 0  # px, of a square that the picture is stretched to
    binary: bool = False


def cut_out(kind: CutOut, strokes: Strokes, others: Sequence[Strokes], rng: Rng) -> bytes:
    """Return the file of the digit `strokes`, written among `others`, digits too, and cut out as `kind`."""
    size = rng.uniform(*kind.size)
    drawn = max(DRAWN, size)
    digit, extent = _scaled(strokes, drawn, kind.turn, rng)
    low = np.full(2, round(REACH * drawn), float)
    high = low + extent
    shape = (round(high[1] + low[1]), round(high[0] + low[0]))
    pen = drawn / size * rng.uniform(*kind.pen_px) if kind.pen_px else drawn * rng.uniform(*kind.pen)
    ink = _written(kind, [stroke + low for stroke in digit], pen, shape, rng)
    for other in _beside(kind, others, low, high, rng):
        ink = np.maximum(ink, _written(kind, other, pen, shape, rng))
    if kind.grain:
        ink *= np.clip(1 - kind.grain * np.clip(0.4 + 0.7 * waves(shape, drawn / 80, rng), 0, 1), 0, 1)
    lines = np.zeros(shape, np.uint8)
    if kind.printing:
        kind.printing(lines, low, high, rng)
    picture = np.empty((*shape, 3), np.float32)
    picture[:] = kind.paper
    if kind.ground:
        picture = kind.ground(picture, rng).astype(np.float32)
    ink *= rng.uniform(*kind.opacity)
    for cover, colour in ((lines.astype(np.float32) / 255, kind.line_ink), (ink, kind.ink)):
        picture += cover[..., None] * (np.array(colour, np.float32) - picture)
    room = rng.uniform(*kind.room, 4) * drawn + pen / 2  # left, top, right, bottom
    left, top = np.maximum(low - room[:2], 0).astype(int)
    right, bottom = np.ceil(high + room[2:]).astype(int)
    return _encode(kind, _seen(kind, picture[top:bottom, left:right], size / drawn, rng))


def _scaled(strokes: Strokes, size: float, turn: float, rng: Rng) -> tuple[list[np.ndarray], np.ndarray]:
    """Strokes turned, their longer side `size` px and their corner at 0, and how far they reach, (2,)."""
    angle = np.deg2rad(rng.uniform(-turn, turn))
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = [np.asarray(stroke) @ spin for stroke in strokes]
    points = np.concatenate(turned)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = size / max(float((high - low).max()), 1e-6)
    return [(stroke - low) * scale for stroke in turned], (high - low) * scale


def _beside(
    kind: CutOut, others: Sequence[Strokes], low: np.ndarray, high: np.ndarray, rng: Rng
) -> list[list[np.ndarray]]:
    """The strokes of the neighbours of the digit between `low` and `high`, in px."""
    size = float((high - low).max())
    words = ("beside", "stacked")
    sides = [(axis, sign) for axis, word in enumerate(words) for sign in (-1, 1) if word in kind.neighbours]
    placed = []
    for other, (axis, sign) in zip(others, sides, strict=False):
        own, extent = _scaled(other, size * rng.uniform(0.8, 1.15), kind.turn, rng)
        corner = (low + high - extent) / 2 + rng.normal(0, 0.06, 2) * size
        gap = (rng.uniform(*kind.apart) + max(kind.pen)) * size
        corner[axis] = high[axis] + gap if sign > 0 else low[axis] - gap - extent[axis]
        placed.append([stroke + corner for stroke in own])
    return placed


def _written(kind: CutOut, strokes: Strokes, pen: float, shape: tuple[int, int], rng: Rng) -> np.ndarray:
    """Coverage by ink, (height, width) float32 of 0..1."""
    edge = cv2.LINE_8 if kind.jagged else cv2.LINE_AA
    total: np.ndarray = np.zeros(shape, np.float32)
    for stroke in strokes:
        path = _evenly(stroke, max(pen / 3, 1.0))
        at = np.round(path * 16).astype(np.int32)
        for piece in np.array_split(at, PIECES) if kind.translucent else [at]:
            cover = np.zeros(shape, np.uint8)
            width = max(1, round(pen))
            if kind.strength is None:
                cv2.polylines(cover, [piece], False, 255, width, edge, 4)
            else:
                levels = (255 * kind.strength(len(piece), rng)).tolist()
                ends = [*piece[1:], piece[-1]]
                for start, end, level in zip(piece, ends, levels, strict=True):
                    cv2.line(cover, start.tolist(), end.tolist(), level, width, edge, 4)
            share = cover.astype(np.float32) * np.float32(1 / 255)
            if kind.translucent:
                share *= kind.translucent
                total = 1 - (1 - total) * (1 - share)
            else:
                total = np.maximum(total, share)
    return total


def _evenly(stroke: np.ndarray, step: float) -> np.ndarray:
    """Points on the stroke, (N, 2), about `step` px apart."""
    lengths = np.concatenate([[0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])
    at = np.linspace(0, lengths[-1], max(2, int(lengths[-1] / step) + 1))
    return np.column_stack([np.interp(at, lengths, stroke[:, 0]), np.interp(at, lengths, stroke[:, 1])])


def _seen(kind: CutOut, picture: np.ndarray, scale: float, rng: Rng) -> np.ndarray:
    """What a camera or a scanner makes of `picture`, (height, width, 3) float32, at its own resolution."""
    height, width = picture.shape[:2]
    if kind.light:
        along = np.linspace(0, 0.5, width)[None] + np.linspace(0, 0.5, height)[:, None]
        picture = picture * (1 - kind.light * along)[..., None].astype(np.float32)
    if kind.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), kind.blur * max(height, width))
    size = (kind.square,) * 2 if kind.square else (round(width * scale), round(height * scale))
    if size != (width, height):
        picture = cv2.resize(picture, (max(1, size[0]), max(1, size[1])), interpolation=cv2.INTER_AREA)
    if kind.noise:
        grey = rng.standard_normal(picture.shape[:2], np.float32)[..., None]
        picture = picture + kind.noise * (0.8 * grey + 0.4 * rng.standard_normal(picture.shape, np.float32))
    if kind.binary:
        grey = picture.mean(axis=2, keepdims=True)
        dark, bright = np.percentile(grey, [2, 98])
        picture = np.where(grey < dark + rng.uniform(0.5, 0.7) * (bright - dark), 0.0, 255.0).repeat(
            3, axis=2
        )
    return picture


def _encode(kind: CutOut, picture: np.ndarray) -> bytes:
    levels = np.clip(picture, 0, 255).round().astype(np.uint8)
    grey = not np.ptp(levels, axis=2).any()
    file = BytesIO()
    image = Image.fromarray(levels[..., 0] if grey else levels)
    if kind.quality:
        image.save(file, "JPEG", quality=kind.quality)
    else:
        image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def running_dry(points: int, rng: Rng) -> np.ndarray:
    """A pen that runs dry along a stroke."""
    return np.linspace(1, rng.uniform(0.1, 0.4), points)


def skipping(points: int, rng: Rng) -> np.ndarray:
    """A ballpoint that skips, (points,) of 0..1: nearly nothing for a little, several times."""
    slow = cv2.GaussianBlur(rng.normal(0, 1, (points, 1)), (0, 0), 2.5, borderType=cv2.BORDER_REFLECT)[:, 0]
    return np.clip(0.75 + 0.9 * slow / max(float(slow.std()), 1e-6) * 0.5, 0.12, 1)


def pressing(points: int, rng: Rng) -> np.ndarray:
    """A brush or a soft pencil, (points,) of 0..1: pressed in some places and light in others."""
    at = np.linspace(0, 2 * np.pi, points)
    return 0.6 + 0.38 * np.sin(at * rng.uniform(0.5, 1.5) + rng.uniform(0, 2 * np.pi))


def old_paper(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Yellowed paper with stains and foxing."""
    shape = picture.shape[:2]
    size = min(shape)
    tint = np.array([rng.uniform(200, 235), rng.uniform(180, 210), rng.uniform(130, 175)], np.float32)
    uneven = 1 + rng.uniform(0.02, 0.06) * waves(shape, size / 8, rng) + 0.015 * waves(shape, 2, rng)
    stain = np.clip(waves(shape, size / 5, rng) - 0.8, 0, 1) * rng.uniform(0.1, 0.3)
    spots = np.clip(waves(shape, size / 40, rng) - 2.2, 0, 1) * rng.uniform(0.1, 0.4)
    return tint * (uneven - stain - spots)[..., None]


def blotched_paper(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Blue, pink, green or grey paper with the rim of a water stain, and fibres."""
    height, width = shape = picture.shape[:2]
    tint = [(165, 190, 215), (225, 180, 180), (180, 205, 170), (190, 188, 185)][rng.integers(4)]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    middle, radius = rng.uniform(0, 1, 2) * (width, height), rng.uniform(0.3, 0.6) * min(shape)
    away = np.hypot(x - middle[0], y - middle[1]) / radius + 0.08 * waves(shape, radius / 3, rng)
    stain = rng.uniform(0.05, 0.15) * (away < 1) + rng.uniform(0.05, 0.2) * np.exp(
        -(((away - 1) / 0.04) ** 2)
    )
    fibres = 0.02 * waves(shape, 1.5, rng)
    return np.array(tint, np.float32) * (1 - stain + fibres)[..., None]


def guilloche(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """A cheque's ground: a pale pattern of waving lines."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    apart = rng.uniform(0.07, 0.15) * min(height, width)
    waved = y + 0.6 * apart * np.sin(2 * np.pi * x / (rng.uniform(2, 5) * apart))
    lines = 0.5 + 0.5 * np.sin(2 * np.pi * waved / apart)
    return picture * (1 - rng.uniform(0.08, 0.2) * lines**3)[..., None]


def register(rng: Rng, **changed) -> CutOut:
    """A digit cut out of an old register, with pieces of its neighbours."""
    usual = {
        "size": (40, 140),
        "pen": (0.05, 0.1),
        "neighbours": "beside",
        "apart": (-0.02, 0.15),
        "room": (0.02, 0.25),
        "ground": old_paper,
        "ink": [(60, 45, 35), (50, 50, 60), (80, 60, 45)][rng.integers(3)],
        "opacity": (0.55, 1.0),
        "grain": 0.4,
        "line_ink": (150, 90, 80),
        "blur": 0.004,
        "noise": rng.uniform(1, 4),
        "quality": int(rng.integers(60, 92)),
    }
    return CutOut(**{**usual, **changed})


def cheque(rng: Rng, **changed) -> CutOut:
    """A small grey digit cut out of a cheque's amount, with pieces of its neighbours."""
    level = rng.uniform(195, 240)
    usual = {
        "size": (24, 42),
        "pen": (0.06, 0.12),
        "neighbours": "beside",
        "apart": (-0.08, 0.1),
        "room": (0.0, 0.2),
        "ink": (rng.uniform(30, 90),) * 3,
        "paper": (level,) * 3,
        "blur": 0.008,
        "noise": rng.uniform(1, 5),
        "quality": int(rng.integers(50, 85)),
    }
    return CutOut(**{**usual, **changed})


def form(rng: Rng, **changed) -> CutOut:
    """A digit on a form, cut out a little beyond what is printed around it."""
    usual = {
        "room": (0.08, 0.5),
        "size": (60, 260),
        "ink": dark_pen(rng),
        "line_ink": [(40, 40, 40), (70, 75, 90), (60, 95, 160), (170, 60, 60)][rng.integers(4)],
        "paper": (rng.uniform(225, 255),) * 3,
        "light": rng.uniform(0, 0.2),
        "blur": 0.001,
        "noise": rng.uniform(0, 3),
        "quality": int(rng.integers(75, 95)),
    }
    return CutOut(**{**usual, **changed})


def _thin(**changed) -> CutOut:
    """A digit in a program's thinnest line."""
    return CutOut(**{"turn": 0, "room": (0.05, 0.4), "pen_px": (1, 3), **changed})


CUT_OUTS: dict[str, Callable[[Rng], CutOut]] = {
    "thin line, 20 to 100 px": lambda rng: _thin(size=(20, 100)),
    "thin line, 100 to 300 px": lambda rng: _thin(size=(100, 300)),
    "thin line, 300 to 800 px": lambda rng: _thin(size=(300, 800)),
    "thin line, 800 to 1,600 px": lambda rng: _thin(size=(800, 1600)),
    "jagged thin line, any size": lambda rng: _thin(size=(20, 1600), jagged=True),
    "box around the digit": lambda rng: form(rng, printing=forms.box),
    "cell of a grid": lambda rng: form(rng, printing=forms.grid),
    "pieces of neighbours beside": lambda rng: form(
        rng, neighbours="beside", apart=(0.0, 0.25), room=(0.1, 0.5)
    ),
    "pieces of neighbours all around": lambda rng: form(
        rng, neighbours="beside stacked", apart=(0.0, 0.25), room=(0.1, 0.5)
    ),
    "neighbours that touch the digit": lambda rng: form(
        rng, neighbours="beside", apart=(-0.12, -0.02), room=(0.1, 0.3)
    ),
    "form line through the digit": lambda rng: form(rng, printing=forms.line_through),
    "old register": register,
    "faint ink on stained paper": lambda rng: register(rng, neighbours="", opacity=(0.2, 0.45)),
    "digit of a cheque": cheque,
    "binary 16x16 scan": lambda rng: CutOut(square=16, binary=True, room=(0, 0.01), pen=(0.08, 0.14)),
    "pen running dry": lambda rng: form(rng, strength=running_dry, grain=0.5),
    "marker's overlap": lambda rng: form(rng, translucent=rng.uniform(0.2, 0.5), pen=(0.08, 0.16)),
}

# Nothing was tuned on these; their figures were seen while the pipeline changed.
UNTUNED_CUT_OUTS: dict[str, Callable[[Rng], CutOut]] = {
    "thin coloured line, JPEG": lambda rng: _thin(size=(60, 1600), ink=dark_pen(rng), quality=90),
    "boxes in a row": lambda rng: form(rng, printing=forms.row_of_boxes),
    "comb of a form": lambda rng: form(rng, printing=forms.comb, neighbours="beside"),
    "neighbours close on tinted paper": lambda rng: form(
        rng, neighbours="beside", apart=(-0.03, 0.1), room=(0.1, 0.45), ground=blotched_paper
    ),
    "old register, column's line": lambda rng: register(rng, printing=forms.column_through),
    "blotched coloured paper": lambda rng: register(rng, ground=blotched_paper, opacity=(0.35, 0.8)),
    "cheque with a patterned ground": lambda rng: cheque(rng, ground=guilloche),
    "binary 20x20 scan": lambda rng: CutOut(
        square=20, binary=True, noise=25, room=(0, 0.04), pen=(0.06, 0.16)
    ),
    "ballpoint skipping": lambda rng: form(rng, strength=skipping),
    "brush, pressed unevenly": lambda rng: form(rng, strength=pressing, grain=0.3, pen=(0.08, 0.16)),
}
