"""Photographs, scans and files of digits, made from pen strokes: what people upload, by condition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from backend.evaluation import surroundings

FINE = 3  # strokes and lines are drawn so much larger, for fractions of a pixel
LARGE = 2000  # px, a picture that is fine enough as it is
TURNS = {3: 2, 6: 1, 8: 3}  # quarter turns to the left that EXIF's orientation undoes

Colour = tuple[float, float, float]
Rng = np.random.Generator


@dataclass(frozen=True)
class Scene:
    """What is photographed and how; lengths are shares of the picture's or the digit's longer side."""

    height: int = 480  # px
    width: int = 640
    fill: tuple[float, float] = (0.35, 0.7)  # of the picture's shorter side that the digit fills
    pen: tuple[float, float] = (0.05, 0.11)  # width, of the digit
    pressure: float = 0.15  # how much the pen's width varies
    ink: Colour = (35, 35, 40)
    paper: Colour = (255, 255, 255)
    opacity: tuple[float, float] = (1.0, 1.0)
    grain: float = 0.0  # of the ink, as of a pencil on rough paper
    texture: float = 0.0  # levels, of the paper
    margin: float = 0.05  # of the shorter side that the digit stays clear of
    lines: str = ""  # "ruled", "squared" or "box"
    line_ink: Colour = (150, 180, 215)
    light: float = 0.0  # how much darker the far side is
    shadow: float = 0.0  # how much darker the shadow is
    tilt: float = 0.0  # of a corner by perspective
    turn: float = 4.0  # degrees, at most
    blur: float = 0.0  # of the picture
    noise: float = 0.0  # levels
    cropped: float | None = None  # to the digit, with so much of its longer side around it at most
    transparent: bool = False
    quality: int = 0  # of a JPEG; 0 is a PNG
    orientation: int = 1  # by EXIF
    around: Callable[[np.ndarray, Rng], np.ndarray] | None = None  # what else the camera sees
    bars: Callable[[np.ndarray, Rng], np.ndarray] | None = None  # what a program adds around the photograph


def dark_pen(rng: Rng) -> Colour:
    """Black, blue, red, green or violet ink."""
    return [(30, 30, 35), (30, 45, 140), (175, 30, 40), (25, 105, 60), (95, 40, 130)][rng.integers(5)]


def phone(rng: Rng) -> dict:
    """What any photograph has: a little light, noise, blur, tint and compression."""
    tint = rng.uniform(200, 235) + rng.normal(0, 5, 3)
    return {
        "paper": tuple(tint),
        "light": rng.uniform(0.05, 0.25),
        "noise": rng.uniform(1, 4),
        "blur": rng.uniform(0.0005, 0.0015),
        "texture": rng.uniform(1, 3),
        "quality": int(rng.integers(75, 95)),
    }


def combined(rng: Rng) -> Scene:
    """A phone's photograph with about everything at once."""
    lines = ["", "ruled", "squared"][rng.integers(3)]
    return Scene(
        **{
            **phone(rng),
            "light": rng.uniform(0.1, 0.5),
            "noise": rng.uniform(2, 7),
            "quality": int(rng.integers(50, 90)),
        },
        height=960,
        width=1280,
        fill=(0.2, 0.6),
        ink=dark_pen(rng),
        lines=lines,
        shadow=rng.choice([0, rng.uniform(0.2, 0.5)]),
        tilt=0.06,
    )


def on_page(rng: Rng, **changed) -> Scene:
    """A phone's photograph of a page, upright or not, whose digit stays clear of its edges."""
    height, width = [(720, 960), (960, 720), (840, 840)][rng.integers(3)]
    plain = {"height": height, "width": width, "margin": 0.15, "fill": (0.3, 0.6), "ink": dark_pen(rng)}
    return Scene(**{**phone(rng), **plain, **changed})


def any_desk(rng: Rng) -> surroundings.Surface:
    """A dark, light or wooden desk."""
    return [surroundings.dark_desk, surroundings.light_desk, surroundings.wooden_desk][rng.integers(3)]


def desk(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """The page ends inside the picture: on one to three sides lies a desk, dark or light, with a grain."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    colour = np.array(
        [(60, 42, 30), (35, 35, 38), (120, 85, 55), (150, 150, 155)][rng.integers(4)], np.float32
    )
    streaks = cv2.GaussianBlur(rng.standard_normal((height, width), np.float32), (0, 0), 25, sigmaY=1)
    wood = colour * (1 + 2.5 * streaks[..., None])
    turn = rng.normal(0, 0.06)
    for side in rng.permutation(4)[: rng.integers(1, 4)]:
        angle = turn + side * np.pi / 2
        beyond = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(0.75, 0.93)
        picture = np.where(beyond[..., None] > 0, wood, picture)
        picture = picture * (1 - 0.25 * np.exp(-np.abs(beyond) * 60) * (beyond > 0))[..., None]
    return picture


def small_writing(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Lines of smaller writing above or below the digit."""
    height, width = picture.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    for row in (0.05, 0.1, 0.94)[: rng.integers(1, 4)]:
        for start in np.arange(rng.uniform(0.05, 0.3), rng.uniform(0.5, 0.95), 0.08):
            word = np.cumsum(rng.normal((0.005, 0), (0.004, 0.011), (10, 2)), axis=0) * (1, 0.7)
            at = (np.clip(word, -0.03, 0.06) + (start, row)) * (width, height)
            cv2.polylines(
                cover, [np.round(at * 16).astype(int)], False, 255, max(1, width // 400), cv2.LINE_AA, 4
            )
    return picture * (1 - 0.8 * cover[..., None].astype(np.float32) / 255)


def seen_through(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Faint writing on the back of the page."""
    height, width = picture.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    for _ in range(8):
        curve = rng.uniform(0, 1, 2) + np.cumsum(rng.normal(0, 0.05, (12, 2)), axis=0)
        at = np.round(curve * (width, height)).astype(int)
        cv2.polylines(cover, [at], False, 255, max(1, width // 120), cv2.LINE_AA)
    soft = cv2.GaussianBlur(cover, (0, 0), width / 250).astype(np.float32) / 255
    return picture * (1 - rng.uniform(0.06, 0.16) * soft[..., None])


def holes(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """A row of punched holes, and corners as dark as a cheap lens makes them."""
    height, width = picture.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    for at in np.arange(rng.uniform(0, 0.2), 1, rng.uniform(0.08, 0.3)):
        centre = (round(width * 0.05), round(height * at))
        cv2.circle(cover, centre, round(0.02 * width), 255, -1, cv2.LINE_AA)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    vignette = 1 - rng.uniform(0.2, 0.5) * (x**2 + y**2) / 2
    return (
        picture
        * (1 - 0.8 * cover[..., None].astype(np.float32) / 255)
        * vignette[..., None].astype(np.float32)
    )


def scanner_edges(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Dark bars where the page didn't cover the glass, and dust."""
    height, width = picture.shape[:2]
    picture = picture.copy()
    for side in rng.permutation(4)[: rng.integers(1, 4)]:
        depth = round(rng.uniform(0.008, 0.05) * (height, width)[side % 2])
        strip = [np.s_[:depth], np.s_[:, :depth], np.s_[-depth:], np.s_[:, -depth:]][side]
        picture[strip] = rng.uniform(5, 70)
    for x, y in rng.uniform(0, 1, (12, 2)):
        cv2.circle(picture, (round(x * width), round(y * height)), int(rng.integers(0, 3)), (90, 90, 90), -1)
    return picture


def motion(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """The camera moves while it takes the picture."""
    length = max(3, round(rng.uniform(0.008, 0.02) * picture.shape[1]))
    kernel = np.zeros((length, length), np.float32)
    angle = rng.uniform(0, np.pi)
    reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    start, end = (np.round(length / 2 + sign * reach).astype(int).tolist() for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 1)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def crumpled(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Paper that was crumpled: facets of different brightness with sharp creases between them."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = np.ones((height, width), np.float32)
    for _ in range(14):
        angle = rng.uniform(0, np.pi)
        beyond = (x - rng.uniform(0, 1)) * np.cos(angle) + (y - rng.uniform(0, 1)) * np.sin(angle)
        light += rng.normal(0, 0.035) * np.sign(beyond) + rng.normal(0, 0.04) * np.exp(-np.abs(beyond) * 120)
    return picture * np.clip(light, 0.5, 1.2)[..., None]


def glare(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """A lamp's reflection on a whiteboard, and smears of what was wiped off."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    for _ in range(5):
        smear = np.exp(-(((x - rng.uniform(0, 1)) / 0.15) ** 2 + ((y - rng.uniform(0, 1)) / 0.06) ** 2))
        picture = picture * (1 - rng.uniform(0.03, 0.1) * smear)[..., None]
    at_x, at_y, size = rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.2)
    lamp = np.exp(-(((x - at_x) / size) ** 2 + ((y - at_y) / size) ** 2))
    return picture + rng.uniform(0.3, 0.6) * lamp[..., None] * (255 - picture)


def finger_shadows(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """The shadows of a hand's fingers, soft bars that reach in from one side."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = np.ones((height, width))
    turn = rng.normal(0, 0.5)
    for at in rng.uniform(0.1, 0.9, rng.integers(1, 4)):
        across = (x - at) * np.cos(turn) + (y - 0.5) * np.sin(turn)
        along = -(x - at) * np.sin(turn) + (y - 0.5) * np.cos(turn)
        half, end, soft = rng.uniform(0.04, 0.09), rng.uniform(-0.2, 0.3), rng.uniform(0.006, 0.02)
        inside = 1 / (1 + np.exp((np.abs(across) - half) / soft)) / (1 + np.exp((along - end) / soft))
        light *= 1 - rng.uniform(0.25, 0.5) * inside
    return picture * light[..., None]


def sticky_note(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """The paper is a small note, stuck to something of another colour and casting a shadow on it."""
    height, width = picture.shape[:2]
    ground = np.array([(238, 238, 235), (150, 165, 180), (70, 75, 85)][rng.integers(3)], np.float32)
    cover = np.zeros((height, width), np.uint8)
    half = 0.46 * min(height, width)
    turn = rng.normal(0, 0.08)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half @ spin + (width / 2, height / 2)
    cv2.fillConvexPoly(cover, np.round(corners).astype(int), 255, cv2.LINE_AA)
    share = cover.astype(np.float32)[..., None] / 255
    shade = cv2.GaussianBlur(np.roll(cover, (6, 6), (0, 1)), (0, 0), 6).astype(np.float32)[..., None] / 255
    return picture * share + ground * (1 - 0.35 * shade) * (1 - share)


CONDITIONS: dict[str, Callable[[Rng], Scene]] = {
    "clean scan, dark on light": lambda rng: Scene(),
    "clean scan, light on dark": lambda rng: Scene(ink=(255, 255, 255), paper=(0, 0, 0)),
    "paper tint": lambda rng: Scene(paper=tuple(rng.uniform(150, 250, 3)), texture=2, quality=85),
    "light gradient": lambda rng: Scene(**{**phone(rng), "light": rng.uniform(0.4, 0.7)}),
    "shadow edge": lambda rng: Scene(**phone(rng), shadow=rng.uniform(0.3, 0.6)),
    "blur": lambda rng: Scene(**{**phone(rng), "blur": rng.uniform(0.004, 0.009)}),
    "sensor noise": lambda rng: Scene(**{**phone(rng), "noise": rng.uniform(10, 22)}),
    "perspective": lambda rng: Scene(**phone(rng), tilt=0.12, turn=8),
    "ruled paper": lambda rng: Scene(**phone(rng), lines="ruled", tilt=0.03, ink=dark_pen(rng)),
    "squared paper": lambda rng: Scene(**phone(rng), lines="squared", tilt=0.03, ink=dark_pen(rng)),
    "pen colours": lambda rng: Scene(**phone(rng), ink=dark_pen(rng)),
    "pencil": lambda rng: Scene(
        **phone(rng), ink=(85, 85, 90), opacity=(0.45, 0.85), grain=0.7, pen=(0.03, 0.07), pressure=0.3
    ),
    "blackboard": lambda rng: Scene(
        **{**phone(rng), "paper": (45, 60, 52), "texture": 4},
        ink=(225, 225, 220),
        grain=0.4,
        opacity=(0.7, 1),
    ),
    "transparent, dark ink": lambda rng: Scene(transparent=True),
    "transparent, light ink": lambda rng: Scene(transparent=True, ink=(250, 250, 250)),
    "JPEG at quality 30": lambda rng: Scene(**{**phone(rng), "quality": 30}, ink=dark_pen(rng)),
    "turned by EXIF": lambda rng: Scene(**phone(rng), orientation=int(rng.choice([3, 6, 8]))),
    "64 px": lambda rng: Scene(**{**phone(rng), "blur": 0.004}, height=64, width=64, fill=(0.4, 0.8)),
    "4,000 px": lambda rng: Scene(**phone(rng), height=3000, width=4000),
    "digit fills 10%": lambda rng: Scene(**phone(rng), height=960, width=1280, fill=(0.1, 0.1)),
    "digit fills 90%": lambda rng: Scene(**phone(rng), fill=(0.9, 0.9), margin=0.03, turn=1),
    "cropped to the digit": lambda rng: Scene(**phone(rng), cropped=0.04, ink=dark_pen(rng)),
    "cropped, coarse and thick": lambda rng: Scene(
        cropped=0.0, pen=(0.14, 0.2), height=24, width=24, fill=(0.8, 0.8), margin=0.1, blur=0.02
    ),
    "thin pen": lambda rng: Scene(**phone(rng), height=960, width=1280, pen=(0.015, 0.03), ink=dark_pen(rng)),
    "thick pen": lambda rng: Scene(**phone(rng), pen=(0.14, 0.19), ink=dark_pen(rng)),
    "all at once": combined,
    "strong ruled lines": lambda rng: Scene(
        **phone(rng), lines="ruled", tilt=0.03, ink=dark_pen(rng), line_ink=(90, 100, 120)
    ),
    "form's box": lambda rng: Scene(**phone(rng), lines="box", fill=(0.3, 0.5), line_ink=(40, 40, 40)),
    "desk around the page": lambda rng: Scene(
        **phone(rng), margin=0.18, fill=(0.2, 0.5), around=desk, ink=dark_pen(rng)
    ),
    "other writing": lambda rng: Scene(**phone(rng), margin=0.2, fill=(0.3, 0.5), around=small_writing),
    "seen through the page": lambda rng: Scene(**phone(rng), around=seen_through, ink=dark_pen(rng)),
    "punched page, vignetted": lambda rng: Scene(**phone(rng), margin=0.15, fill=(0.3, 0.6), around=holes),
    "edges of a scanner": lambda rng: Scene(
        paper=(235, 235, 232), texture=1, noise=1.5, quality=85, margin=0.1, around=scanner_edges
    ),
    "sticky note": lambda rng: Scene(
        **{**phone(rng), "paper": (240, 222, 120)}, margin=0.2, fill=(0.3, 0.5), around=sticky_note
    ),
    "moved camera": lambda rng: Scene(**phone(rng), around=motion),
    "dark desk on four sides": lambda rng: on_page(rng, around=surroundings.on_desk(surroundings.dark_desk)),
    "light desk on four sides": lambda rng: on_page(
        rng, around=surroundings.on_desk(surroundings.light_desk)
    ),
    "wooden desk on four sides": lambda rng: on_page(
        rng, around=surroundings.on_desk(surroundings.wooden_desk)
    ),
    "sheet turned on a desk": lambda rng: on_page(
        rng, around=surroundings.on_desk(any_desk(rng), turn=20), turn=0
    ),
    "patterned cloth on four sides": lambda rng: on_page(
        rng, around=surroundings.on_desk(surroundings.patterned_cloth)
    ),
    "dark strip at one side": lambda rng: on_page(rng, around=surroundings.strip(surroundings.dark_desk)),
    "letterbox bars": lambda rng: Scene(**phone(rng), ink=dark_pen(rng), bars=surroundings.letterbox()),
    "black or white frame": lambda rng: Scene(
        **phone(rng), ink=dark_pen(rng), bars=surroundings.even_frame([(0,) * 3, (255,) * 3])
    ),
    "shadows of a window's bars": lambda rng: Scene(
        **phone(rng), around=surroundings.soft_bars, ink=dark_pen(rng)
    ),
}

# Nothing was tuned on these, crumpled paper apart: what they read as is what to expect of the unexpected.
UNSEEN: dict[str, Callable[[Rng], Scene]] = {
    "crumpled paper": lambda rng: Scene(**phone(rng), around=crumpled, ink=dark_pen(rng)),
    "whiteboard with glare": lambda rng: Scene(
        **{**phone(rng), "paper": (225, 228, 230)},
        around=glare,
        ink=dark_pen(rng),
        opacity=(0.7, 1),
        grain=0.2,
    ),
    "shadows of fingers": lambda rng: Scene(**phone(rng), around=finger_shadows, ink=dark_pen(rng)),
    "folded sheet on a desk": lambda rng: on_page(
        rng, around=surroundings.on_desk(any_desk(rng), folded=True)
    ),
    "sheet cut off by the edge": lambda rng: on_page(
        rng, margin=0.25, fill=(0.25, 0.4), around=surroundings.on_desk(any_desk(rng), turn=10, cut=True)
    ),
    "wooden strip at one side": lambda rng: on_page(rng, around=surroundings.strip(surroundings.wooden_desk)),
    "grey letterbox bars": lambda rng: Scene(
        **phone(rng), ink=dark_pen(rng), bars=surroundings.letterbox(levels=(30, 60, 128))
    ),
    "coloured frame": lambda rng: Scene(
        **phone(rng),
        ink=dark_pen(rng),
        bars=surroundings.even_frame([(200, 40, 40), (30, 70, 160), (240, 200, 60)]),
    ),
}


def photograph(scene: Scene, strokes: Sequence[np.ndarray], rng: Rng) -> bytes:
    """Return the file of `scene` with `strokes`, (N, 2) x, y in any units, written in it."""
    points, size = _placed(scene, strokes, rng)
    layers = [_written(scene, points, size, rng), _lines(scene, points, size, rng)]
    bend = _bend(scene, rng)
    ink, lines = (
        cv2.warpPerspective(layer, bend, (scene.width, scene.height)).astype(np.float32, copy=False)
        for layer in layers
    )
    if scene.grain:
        rough = _waves(scene, rng, 1.2) + 0.6 * _waves(scene, rng, 0.6)
        ink *= np.clip(1 - scene.grain * np.clip(0.35 * rough, 0, 1), 0, 1)
    ink *= rng.uniform(*scene.opacity)
    if scene.transparent:
        return _encode(scene, np.full((*ink.shape, 3), scene.ink, np.float32), 255 * ink)
    picture = np.empty((*ink.shape, 3), np.float32)  # (height, width, 3)
    texture = scene.texture * _waves(scene, rng, 1.5)
    # Channel by channel and in place: a large picture's copies would cost more than its arithmetic.
    for channel in range(3):
        level = picture[..., channel]
        level[:] = texture + float(scene.paper[channel])
        for cover, colour in ((lines, scene.line_ink), (ink, scene.ink)):
            level += cover * (float(colour[channel]) - level)
    if scene.around:
        picture = scene.around(picture, rng).astype(np.float32)
    light = _light(scene, rng)
    grey = 0.8 * scene.noise * _noise(scene, rng)
    for channel in range(3):
        level = picture[..., channel]
        level *= light
        if scene.blur:
            level[:] = cv2.GaussianBlur(level, (0, 0), scene.blur * max(scene.height, scene.width))
        if scene.noise:
            level += grey + 0.4 * scene.noise * _noise(scene, rng)
    if scene.cropped is not None:
        picture = _cropped(scene, picture, ink, rng)
    return _encode(scene, scene.bars(picture, rng) if scene.bars else picture)


def _cropped(scene: Scene, picture: np.ndarray, ink: np.ndarray, rng: Rng) -> np.ndarray:
    rows, columns = (np.flatnonzero((ink > 0.2).any(axis=axis)) for axis in (1, 0))
    around = np.round(rng.uniform(0, scene.cropped or 0, 4) * max(len(rows), len(columns))).astype(int)
    left, top = max(columns[0] - around[0], 0), max(rows[0] - around[1], 0)
    return picture[top : rows[-1] + 1 + around[2], left : columns[-1] + 1 + around[3]]


def _placed(scene: Scene, strokes: Sequence[np.ndarray], rng: Rng) -> tuple[list[np.ndarray], float]:
    """Strokes turned, scaled and put somewhere in the picture, in px, and the digit's longer side."""
    turn = np.deg2rad(rng.uniform(-scene.turn, scene.turn))
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned = [np.asarray(stroke) @ spin for stroke in strokes]
    points = np.concatenate(turned)
    low, high = points.min(axis=0), points.max(axis=0)
    shorter = min(scene.height, scene.width)
    size = rng.uniform(*scene.fill) * shorter
    scale = size / max(float((high - low).max()), 1e-6)
    margin = scene.margin * shorter
    room = np.maximum((scene.width, scene.height) - (high - low) * scale - 2 * margin, 0)
    # People aim at the middle, more or less.
    corner = margin + room * np.clip(rng.normal(0.5, 0.15, 2), 0, 1)
    return [(stroke - low) * scale + corner for stroke in turned], size


def _written(scene: Scene, strokes: list[np.ndarray], size: float, rng: Rng) -> np.ndarray:
    """Coverage by ink, (height, width) float 0..1."""
    fine, scale = _canvas(scene)
    pen = rng.uniform(*scene.pen) * size
    for stroke in strokes:
        path = _evenly(stroke, max(pen / 3, 0.5))
        swell = cv2.GaussianBlur(rng.normal(0, 1, (len(path), 1)), (0, 0), 6, borderType=cv2.BORDER_REFLECT)
        widths = pen * np.clip(1 + 4 * scene.pressure * swell[:, 0], 0.5, 1.6)
        at = np.round((path + 0.5) * scale * 16).astype(int)
        for start, end, width in zip(at, [*at[1:], at[-1]], widths, strict=True):
            thickness = max(1, round(width * scale))
            cv2.line(fine, start.tolist(), end.tolist(), 255, thickness, cv2.LINE_AA, 4)
    return _coarse(fine, scene)


def _evenly(stroke: np.ndarray, step: float) -> np.ndarray:
    """Points on the stroke, (N, 2), about `step` px apart."""
    lengths = np.concatenate([[0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])
    at = np.linspace(0, lengths[-1], max(2, int(lengths[-1] / step) + 1))
    return np.column_stack([np.interp(at, lengths, stroke[:, 0]), np.interp(at, lengths, stroke[:, 1])])


def _lines(scene: Scene, strokes: list[np.ndarray], size: float, rng: Rng) -> np.ndarray:
    """Coverage by printed lines, (height, width) float 0..1."""
    fine, scale = _canvas(scene)
    if scene.lines == "box":
        points = np.concatenate(strokes)
        room = rng.uniform(0.12, 0.4, 4) * size
        low, high = points.min(axis=0) - room[:2], points.max(axis=0) + room[2:]
        thickness = max(scale, round(scale * size * rng.uniform(0.008, 0.02)))
        start, end = (np.round(corner * scale).astype(int).tolist() for corner in (low, high))
        cv2.rectangle(fine, start, end, 255, thickness)
    elif scene.lines:
        apart = size * rng.uniform(0.35, 1.1 if scene.lines == "ruled" else 0.7)
        thickness = max(scale, round(scale * apart * rng.uniform(0.02, 0.045)))
        strength = int(rng.integers(140, 255))
        for axis, length in enumerate(fine.shape):
            if axis == 1 and scene.lines == "ruled":
                continue
            # Beyond the edges too, for what perspective brings in.
            for at in np.arange(-rng.uniform(0, 1) * apart * scale, length, apart * scale):
                ends = [(-9999, int(at)), (99999, int(at))]
                ends = ends if axis == 0 else [end[::-1] for end in ends]
                cv2.line(fine, ends[0], ends[1], strength, thickness)
    return _coarse(fine, scene)


def _canvas(scene: Scene) -> tuple[np.ndarray, int]:
    """An empty sheet to draw on, uint8, and how much finer than the picture it is."""
    scale = 1 if max(scene.height, scene.width) > LARGE else FINE
    return np.zeros((scene.height * scale, scene.width * scale), np.uint8), scale


def _coarse(fine: np.ndarray, scene: Scene) -> np.ndarray:
    small = cv2.resize(fine, (scene.width, scene.height), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255


def _bend(scene: Scene, rng: Rng) -> np.ndarray:
    """The perspective of a camera that isn't held straight; (3, 3)."""
    sides = np.array([scene.width, scene.height], np.float32)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    # Inwards only a little: the paper goes on beyond the picture.
    moved = corners + rng.uniform(-scene.tilt, scene.tilt, (4, 2)).astype(np.float32) * 0.7
    return cv2.getPerspectiveTransform(corners * sides, moved * sides)


def _light(scene: Scene, rng: Rng) -> np.ndarray:
    """Brightness, (height, width) float 0..1: falling off to one side, less in a shadow."""
    x = np.linspace(-1, 1, scene.width, dtype=np.float32)[None]  # (1, width)
    y = np.linspace(-1, 1, scene.height, dtype=np.float32)[:, None]  # (height, 1)
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    light = 1 - scene.light * np.clip((along + 1.2) / 2.4, 0, 1)
    if scene.shadow:
        angle = rng.uniform(0, 2 * np.pi)
        edge = x * np.cos(angle) + y * np.sin(angle) + 0.1 * np.sin(3 * (x - y)) - rng.uniform(-0.5, 0.5)
        light = light * (1 - scene.shadow / (1 + np.exp(-edge / rng.uniform(0.004, 0.06))))
    return light


def _noise(scene: Scene, rng: Rng) -> np.ndarray:
    return rng.standard_normal((scene.height, scene.width), np.float32)


def _waves(scene: Scene, rng: Rng, length: float) -> np.ndarray:
    """Smooth noise, (height, width) of spread 1; `length` px in a picture of 640."""
    waves = cv2.GaussianBlur(
        _noise(scene, rng), (0, 0), length * max(1, max(scene.height, scene.width) / 640)
    )
    return waves / max(float(waves.std()), 1e-6)


def _encode(scene: Scene, picture: np.ndarray, alpha: np.ndarray | None = None) -> bytes:
    channels = picture if alpha is None else np.dstack([picture, alpha])
    stored = np.rot90(np.clip(channels, 0, 255).round().astype(np.uint8), TURNS.get(scene.orientation, 0))
    image = Image.fromarray(np.ascontiguousarray(stored))
    exif = Image.Exif()
    exif[0x0112] = scene.orientation
    options = {"quality": scene.quality} if scene.quality else {"compress_level": 1}
    file = BytesIO()
    image.save(file, "JPEG" if scene.quality else "PNG", exif=exif, **options)
    return file.getvalue()
