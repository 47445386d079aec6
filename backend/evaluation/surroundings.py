"""What lies around a sheet in a picture: desks on every side, strips, bars and frames, drawn at random."""

from collections.abc import Callable

import cv2
import numpy as np

DEPTH = 0.05, 0.6  # of the sheet's side, that what surrounds it is deep
FINISH = 8  # px of a picture of 640, that a desk's streaks are apart

Rng = np.random.Generator
Around = Callable[[np.ndarray, Rng], np.ndarray]
Surface = Callable[[tuple[int, int], Rng], np.ndarray]

DARK = [(60, 42, 30), (35, 35, 38), (25, 30, 45), (75, 70, 66), (10, 10, 10)]
LIGHT = [(232, 226, 214), (170, 172, 176), (198, 180, 150), (150, 150, 155)]
WOODS = [(120, 85, 55), (150, 110, 70), (95, 60, 38), (176, 140, 98)]


def dark_desk(size: tuple[int, int], rng: Rng) -> np.ndarray:
    """A plain dark top, (height, width, 3) float, a little uneven."""
    return _plain(DARK[rng.integers(len(DARK))], size, rng)


def light_desk(size: tuple[int, int], rng: Rng) -> np.ndarray:
    """A plain light top, (height, width, 3) float, a little uneven."""
    return _plain(LIGHT[rng.integers(len(LIGHT))], size, rng)


def wooden_desk(size: tuple[int, int], rng: Rng) -> np.ndarray:
    """Planks with a grain and dark joints, (height, width, 3) float."""
    height, width = size
    scale = max(size) / 640
    noise = rng.standard_normal(size, np.float32)
    streaks = cv2.GaussianBlur(noise, (0, 0), 30 * scale, sigmaY=scale)
    wood: np.ndarray = 1 + rng.uniform(0.05, 0.18) * streaks / max(float(np.std(streaks)), 1e-6)
    plank = rng.uniform(0.2, 0.5) * height
    joints = (np.arange(height) + rng.uniform(0, plank)) % plank < 2 * scale
    wood[joints] *= 0.6
    wood = wood * (1 + 0.1 * (((np.arange(height) / plank).astype(int) % 2) - 0.5))[:, None]
    if rng.random() < 0.5:
        wood = cv2.resize(np.ascontiguousarray(wood.T), (width, height))
    return np.array(WOODS[rng.integers(len(WOODS))], np.float32) * wood[..., None]


def patterned_cloth(size: tuple[int, int], rng: Rng) -> np.ndarray:
    """A cloth with stripes, checks or dots, (height, width, 3) float."""
    height, width = size
    first, second = rng.uniform(20, 230, (2, 3))
    apart = rng.uniform(0.03, 0.09) * max(size)
    turn = rng.uniform(0, np.pi)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    along, across = (x * np.cos(a) + y * np.sin(a) for a in (turn, turn + np.pi / 2))
    stripes = [np.sin(2 * np.pi * each / apart) > 0 for each in (along, across)]
    kind = rng.integers(3)
    if kind == 0:
        share = stripes[0].astype(np.float32)
    elif kind == 1:
        share = (stripes[0].astype(np.float32) + stripes[1]) / 2
    else:
        near = np.hypot(along % apart - apart / 2, across % apart - apart / 2)
        share = (near < 0.3 * apart).astype(np.float32)
    return (first + (second - first) * share[..., None]).astype(np.float32)


def on_desk(surface: Surface, turn: float = 3, folded: bool = False, cut: bool = False) -> Around:
    """Return what puts a page on `surface`, which is seen on all four sides.

    `turn` is in degrees, at most; a `folded` page has creases and perhaps a dog-ear; one that is `cut` runs
    out of the picture on one side or two.
    """

    def around(page: np.ndarray, rng: Rng) -> np.ndarray:
        height, width = page.shape[:2]
        if folded:
            page = _creased(page, rng)
        depths = rng.uniform(*DEPTH, 4)  # left, top, right, bottom
        if cut:
            sides = rng.permutation(4)[: rng.integers(1, 3)]
            depths[sides] = rng.uniform(-0.12, -0.03, len(sides))
        scale = min(1 / (1 + depths[0] + depths[2]), 1 / (1 + depths[1] + depths[3]))
        free = np.array([width, height]) * (1 - scale)
        # As deep on either side as drawn, where the page's shape allows both.
        wanted = depths[:2] * scale * (width, height)
        share = np.array([depths[0] / (depths[0] + depths[2]), depths[1] / (depths[1] + depths[3])])
        corner = wanted if cut else free * share
        angle = np.deg2rad(rng.uniform(-turn, turn))
        spin = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        middle = np.array([width, height]) / 2
        move = corner + scale * middle - spin @ middle
        lie = np.column_stack([spin, move])
        cover = np.full((height, width), 255, np.uint8)
        if folded and rng.random() < 0.5:
            _dog_ear(cover, rng)
        moved = cv2.warpAffine(page.astype(np.float32), lie, (width, height), flags=cv2.INTER_AREA)
        share_of_page = cv2.warpAffine(cover, lie, (width, height)).astype(np.float32)[..., None] / 255
        return _laid_on(moved, share_of_page, surface((height, width), rng), rng)

    return around


def strip(surface: Surface, depth: tuple[float, float] = (0.1, 0.5)) -> Around:
    """Return what lays a straight strip of `surface` along one side, `depth` of the page deep."""

    def around(page: np.ndarray, rng: Rng) -> np.ndarray:
        height, width = page.shape[:2]
        share = rng.uniform(*depth)
        side = int(rng.integers(4))
        page = np.rot90(page, side)
        deep = round(share / (1 + share) * page.shape[1])
        left = cv2.resize(
            np.ascontiguousarray(page, np.float32),
            (page.shape[1] - deep, page.shape[0]),
            interpolation=cv2.INTER_AREA,
        )
        ground = np.rot90(surface((height, width), rng), side)
        return np.ascontiguousarray(np.rot90(np.hstack([left, ground[:, left.shape[1] :]]), -side))

    return around


def letterbox(levels: tuple[float, ...] = (0, 255), depth: tuple[float, float] = (0.1, 0.5)) -> Around:
    """Return what adds even bars left and right, or above and below, each `depth` of the picture's side."""

    def around(picture: np.ndarray, rng: Rng) -> np.ndarray:
        axis = int(rng.integers(2))
        bars = [(0, 0), (0, 0), (0, 0)]
        bars[axis] = (round(rng.uniform(*depth) * picture.shape[axis]),) * 2
        return np.pad(picture, bars, constant_values=float(rng.choice(levels)))

    return around


def even_frame(colours: list[tuple[float, ...]], depth: tuple[float, float] = (0.05, 0.35)) -> Around:
    """Return what adds an even frame all round, `depth` of the picture's width deep."""

    def around(picture: np.ndarray, rng: Rng) -> np.ndarray:
        height, width = picture.shape[:2]
        deep = round(rng.uniform(*depth) * width)
        framed = np.empty((height + 2 * deep, width + 2 * deep, 3), np.float32)
        framed[:] = colours[rng.integers(len(colours))]
        framed[deep : deep + height, deep : deep + width] = picture
        return framed

    return around


def soft_bars(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """The shadows of a window's bars: soft, straight, from edge to edge, one way or both."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, height / width, height))
    turn = rng.uniform(0, np.pi)
    light = np.ones((height, width))
    for direction in (turn, turn + np.pi / 2)[: rng.integers(1, 3)]:
        across = (x - 0.5) * np.cos(direction) + (y - 0.37) * np.sin(direction)
        for at in rng.uniform(-0.4, 0.4, rng.integers(1, 3)):
            half, soft = rng.uniform(0.03, 0.1), rng.uniform(0.005, 0.02)
            light *= 1 - rng.uniform(0.2, 0.5) / (1 + np.exp((np.abs(across - at) - half) / soft))
    return picture * light[..., None]


def _plain(colour: tuple[float, ...], size: tuple[int, int], rng: Rng) -> np.ndarray:
    noise = cv2.GaussianBlur(rng.standard_normal(size, np.float32), (0, 0), FINISH * max(size) / 640)
    uneven = 1 + 0.04 * noise / max(float(noise.std()), 1e-6)
    return np.array(colour, np.float32) * uneven[..., None]


def _laid_on(page: np.ndarray, share: np.ndarray, ground: np.ndarray, rng: Rng) -> np.ndarray:
    """Lay `page` where its `share`, (height, width, 1), is on `ground`, casting a little shadow."""
    scale = max(page.shape) / 640
    shift = np.round(rng.uniform(-5, 5, 2) * scale).astype(int).tolist()
    shade = cv2.GaussianBlur(np.roll(share[..., 0], shift, (0, 1)), (0, 0), rng.uniform(2, 6) * scale)
    ground = ground * (1 - rng.uniform(0.1, 0.5) * shade[..., None])
    return page + ground * (1 - share)


def _creased(page: np.ndarray, rng: Rng) -> np.ndarray:
    """One or two folds across the page: either side lies differently to the light, the crease is a line."""
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    turn = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.05)
    light = np.ones((height, width), np.float32)
    for direction in (turn, turn + np.pi / 2)[: rng.integers(1, 3)]:
        beyond = x * np.cos(direction) + y * np.sin(direction) - rng.uniform(-0.15, 0.15)
        light *= 1 - rng.uniform(0.05, 0.18) * (beyond > 0) - rng.uniform(0, 0.12) * (np.abs(beyond) < 0.006)
    return page * light[..., None]


def _dog_ear(cover: np.ndarray, rng: Rng) -> None:
    height, width = cover.shape
    across, down = rng.uniform(0.08, 0.2, 2) * min(height, width)
    corner = np.array([[0, 0], [across, 0], [0, down]])
    if rng.random() < 0.5:
        corner = (width, 0) + corner * (-1, 1)
    cv2.fillConvexPoly(cover, np.round(corner).astype(int), 0)
