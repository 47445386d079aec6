"""Pictures of written numbers, set together from one writer's digits: what people upload, by condition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

FINE = 2  # ink is drawn so much larger, for fractions of a pixel
ROOM = 0.5  # of the digits' height, above and below a line of them: slashes and commas reach into it

Colour = tuple[float, float, float]
Rng = np.random.Generator
Glyph = Sequence[np.ndarray] | np.ndarray  # strokes, (N, 2) x, y in any units; or an image, (28, 28) uint8
Writer = dict[str, list[Glyph]]  # what one person wrote, by label
Paint = Callable[[np.ndarray, Rng], np.ndarray]

# Strokes in units of the digits' height, y from 0 at their top to 1 at the line that they stand on.
SEPARATORS: dict[str, list[list[tuple[float, float]]]] = {
    ".": [[(0, 0.97), (0.03, 0.98)]],
    ",": [[(0.05, 0.93), (0.05, 1.02), (0, 1.14)]],
    "-": [[(0, 0.52), (0.35, 0.5)]],
    "=": [[(0, 0.42), (0.38, 0.4)], [(0, 0.62), (0.38, 0.6)]],
    "/": [[(0.5, -0.12), (0, 1.12)]],
    "#": [
        [(0.2, 0), (0.1, 1)],
        [(0.45, 0), (0.35, 1)],
        [(0, 0.35), (0.55, 0.33)],
        [(0, 0.65), (0.55, 0.63)],
    ],
}


@dataclass(frozen=True)
class Page:
    """How numbers are written and pictured, and on what; lengths are shares of a digit's height."""

    height: tuple[int, int] = (36, 72)  # px, of the digits
    digits: tuple[int, int] = (2, 10)  # of a number
    lines: tuple[int, int] = (1, 1)
    columns: int = 1
    gap: tuple[float, float] = (0.1, 0.4)  # between neighbours where they are nearest
    touching: float = 0.0  # the share of neighbours that touch; of three tenths or more one pair at least
    overlap: tuple[float, float] = (0.05, 0.35)  # of the pen's width, of those that touch
    pen: tuple[float, float] = (0.06, 0.13)
    uneven: float = 0.05  # how much heights and the line that digits stand on vary
    separators: tuple[str, ...] = ()  # such as "thousands": see `_with_separators`
    around: str = ""  # what is written before and after a number, such as "#"
    print_: str = ""  # "boxes", "comb", "ruled", "squared" or "underline"
    slant: float = 0.08  # of upright strokes, at most
    turn: float = 1.0  # degrees, at most
    ink: Colour = (35, 35, 40)
    opacity: tuple[float, float] = (1.0, 1.0)
    print_ink: Colour = (120, 135, 150)
    paper: Colour = (255, 255, 255)
    pattern: float = 0.0  # levels, of what is printed all over the paper
    light: float = 0.0  # how much darker the far side is
    texture: float = 0.0  # levels
    blur: float = 0.0  # px
    noise: float = 0.0  # levels
    margin: tuple[float, float] = (0.3, 1.2)
    fit: tuple[int, int] | None = None  # px, width and height that the picture is shrunk to
    grey: bool = False
    quality: int = 0  # of a JPEG; 0 is a PNG


def dark_pen(rng: Rng) -> Colour:
    """Black, blue, red, green or violet ink."""
    return [(30, 30, 35), (30, 45, 140), (175, 30, 40), (25, 105, 60), (95, 40, 130)][rng.integers(5)]


def photographed(page: Page, rng: Rng) -> Page:
    """Return `page` as a phone's photograph: a little light, noise, blur, tint and compression."""
    tint = rng.uniform(200, 235) + rng.normal(0, 5, 3)
    return replace(
        page,
        paper=tuple(tint),
        ink=dark_pen(rng),
        light=rng.uniform(0.05, 0.25),
        texture=rng.uniform(1, 3),
        blur=rng.uniform(0.4, 0.9),
        noise=rng.uniform(1, 4),
        quality=int(rng.integers(75, 95)),
    )


def cheque(page: Page, rng: Rng) -> Page:
    """Return `page` as a bank scans its cheques: grey, printed all over."""
    return replace(
        page,
        paper=(rng.uniform(195, 235),) * 3,
        ink=(rng.uniform(25, 80),) * 3,
        pattern=rng.uniform(12, 38),
        blur=rng.uniform(0.3, 0.8),
        noise=rng.uniform(1, 4),
        grey=True,
        quality=int(rng.integers(60, 90)),
    )


LOW = Page(fit=(150, 45), margin=(0.15, 0.4), height=(60, 60), blur=0.6, noise=2, grey=True, quality=75)
APART = ("apart, scanned", "apart, photographed", "close together")
TOUCHING = ("touching", "touching, photographed")
COARSE = ("150 x 45 px",)

CONDITIONS: dict[str, Callable[[Rng], Page]] = {
    "apart, scanned": lambda rng: Page(),
    "apart, photographed": lambda rng: photographed(Page(), rng),
    "close together": lambda rng: photographed(Page(gap=(0.03, 0.12)), rng),
    "light on dark": lambda rng: replace(
        photographed(Page(), rng), paper=(45, 60, 52), ink=(225, 225, 220), texture=4
    ),
    "slanted and turned by 10 degrees": lambda rng: photographed(Page(turn=10, slant=0.25), rng),
    "touching": lambda rng: Page(touching=0.3),
    "touching, photographed": lambda rng: photographed(Page(touching=0.3), rng),
    "in boxes": lambda rng: photographed(Page(print_="boxes", slant=0.03), rng),
    "on ruled lines": lambda rng: photographed(Page(print_="ruled", lines=(1, 3)), rng),
    "underlined": lambda rng: photographed(Page(print_="underline"), rng),
    "with separators": lambda rng: photographed(
        Page(separators=("thousands", "cents", "fraction", "dash", "equals")), rng
    ),
    "several lines": lambda rng: photographed(Page(lines=(2, 5), digits=(2, 7)), rng),
    "150 x 45 px": lambda rng: LOW,
    "cheque's pattern": lambda rng: cheque(Page(digits=(3, 8)), rng),
    "cheque, 150 x 45 px": lambda rng: cheque(
        replace(LOW, digits=(3, 8), touching=0.15, separators=("none", "thousands", "dash", "equals")), rng
    ),
    "touching, pencil": lambda rng: replace(
        photographed(Page(touching=0.3, pen=(0.04, 0.07)), rng), ink=(85, 85, 90), opacity=(0.5, 0.85)
    ),
    "on squared paper": lambda rng: photographed(Page(print_="squared"), rng),
    "two columns": lambda rng: photographed(Page(lines=(2, 4), columns=2, digits=(2, 5)), rng),
    "cheque, between #": lambda rng: cheque(
        Page(height=(30, 44), digits=(3, 8), touching=0.25, around="#", separators=("none", "thousands")), rng
    ),
}

# Nothing was chosen by how these are read: what to expect of the unexpected.
UNSEEN: dict[str, Callable[[Rng], Page]] = {
    "over a comb": lambda rng: photographed(Page(print_="comb", slant=0.03), rng),
    "squared paper, touching": lambda rng: photographed(Page(print_="squared", touching=0.3), rng),
    "cheque, 150 x 45 px, between #": lambda rng: cheque(
        replace(LOW, digits=(3, 7), touching=0.15, around="#"), rng
    ),
}


def picture_of(page: Page, writer: Writer, rng: Rng) -> tuple[bytes, str]:
    """Return the picture file of `page`, written by `writer`, and what must be read: its numbers' digits.

    Lines are separated by "\\n", numbers beside each other by nothing.
    """
    height = int(rng.integers(page.height[0], page.height[1] + 1))
    pen = rng.uniform(*page.pen) * height
    texts, rows = [], []
    for _ in range(rng.integers(page.lines[0], page.lines[1] + 1)):
        numbers = [_number(page, writer, rng) for _ in range(page.columns)]
        texts.append("".join(numbers))
        rows.append([_written(page, writer, number, height, pen, rng) for number in numbers])
    ink, print_ = _on_one_sheet(page, rows, height, rng)
    ink, print_ = _bent(page, [ink, print_], rng)
    return _encode(page, _picture(page, ink, print_, rng)), "\n".join(texts)


def _number(page: Page, writer: Writer, rng: Rng) -> str:
    labels = sorted(label for label in writer if label.isdecimal())
    return "".join(rng.choice(labels, rng.integers(page.digits[0], page.digits[1] + 1)))


def _with_separators(number: str, kind: str) -> str:
    """Return `number` with what doesn't count among its digits: 1.990, 12,50, 18/3, 250- or 250=."""
    cut = {"thousands": 3, "cents": 2, "fraction": 1}.get(kind)
    if cut is None or len(number) <= cut:
        return number + {"dash": "-", "equals": "="}.get(kind, "")
    return number[:-cut] + {"thousands": ".", "cents": ",", "fraction": "/"}[kind] + number[-cut:]


def _written(page: Page, writer: Writer, number: str, height: int, pen: float, rng: Rng) -> list[np.ndarray]:
    """The ink and the print of one number, each (height and room, width) uint8, drawn finely."""
    text = page.around + (
        _with_separators(number, str(rng.choice(page.separators))) if page.separators else number
    )
    text += page.around
    tall, thick = height * FINE, pen * FINE
    top, rows = round(ROOM * tall), round((1 + 2 * ROOM) * tall)
    touches = rng.random(len(text)) < page.touching
    if page.touching and len(text) > 1 and not touches[1:].any():
        touches[rng.integers(1, len(text))] = page.touching >= 0.3
    cells = page.print_ in ("boxes", "comb")
    cell = round(tall * rng.uniform(1.15, 1.5))
    drawn: list[tuple[np.ndarray, int, int]] = []  # coverage, top, left
    reach = np.full(rows, -1e6)  # (rows,) how far to the right ink reaches
    for index, character in enumerate(text):
        if character in SEPARATORS:
            strokes = [np.array(stroke) for stroke in SEPARATORS[character]]
            mark = _draw([stroke * tall for stroke in strokes], thick)
            low = min(stroke[:, 1].min() for stroke in strokes) * tall - thick / 2
            at = top + round(low)
        else:
            of_label = writer[character]
            size = tall * np.clip(rng.normal(1, page.uneven), 0.8, 1.2)
            mark = draw_glyph(of_label[rng.integers(len(of_label))], size, thick)
            at = top + tall - len(mark) + round(rng.normal(0, page.uneven / 2) * tall)
        at = min(max(at, 0), rows - len(mark))
        if cells:
            left = round((index + 0.5) * cell - mark.shape[1] / 2 + rng.normal(0, 0.04) * tall)
        else:
            gap = rng.uniform(*page.gap) * tall
            if touches[index] and character not in SEPARATORS:
                gap = -rng.uniform(*page.overlap) * thick
            left = _beside(reach, mark, at, gap, thick)
        drawn.append((mark, at, left))
        right = left + mark.shape[1] - (mark[:, ::-1] > 127).argmax(axis=1)
        band = reach[at : at + len(mark)]
        np.maximum(band, np.where((mark > 127).any(axis=1), right, -1e6), out=band)
    first = 0 if cells else min(left for _, _, left in drawn)
    width = max(max(left - first + mark.shape[1] for mark, _, left in drawn), cell * len(text) * cells) + 1
    ink, print_ = np.zeros((2, rows, width), np.uint8)
    for mark, at, left in drawn:
        start = max(left - first, 0)
        part = ink[at : at + len(mark), start : start + mark.shape[1]]
        np.maximum(part, mark[:, : part.shape[1]], out=part)
    if cells:
        _print_cells(page, print_, top, tall, cell, rng)
    if page.print_ == "underline":
        below = top + tall * (1 + rng.uniform(0.08, 0.3))
        sag = rng.normal(0, 0.03, 3).cumsum() * tall
        line = np.column_stack([np.linspace(0, width, 3), np.clip(below + sag, 0, rows - 1)])
        cv2.polylines(
            ink, [np.round(line * 16).astype(int)], False, 255, max(1, round(thick)), cv2.LINE_AA, 4
        )
    return [ink, print_]


def draw_glyph(glyph: Glyph, height: float, pen: float) -> np.ndarray:
    """Return the ink of `glyph`, cropped, uint8, `height` px tall, or as wide at most, its pen `pen` px."""
    if isinstance(glyph, np.ndarray):
        rows, columns = (np.flatnonzero(glyph.any(axis=axis)) for axis in (1, 0))
        cut = glyph[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = height / max(cut.shape)
        size = [max(1, round(side * scale)) for side in cut.shape[::-1]]
        return cv2.resize(cut, size, interpolation=cv2.INTER_CUBIC)
    points = np.concatenate(glyph)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = max(height - pen, 1) / max(float(extent[1]), float(extent[0]) / 1.1, 1e-6)
    return _draw([(stroke - low) * scale for stroke in glyph], pen)


def _draw(strokes: Sequence[np.ndarray], pen: float) -> np.ndarray:
    low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0) - pen / 2
    high = np.max([stroke.max(axis=0) for stroke in strokes], axis=0) + pen / 2
    width, height = np.ceil(high - low).astype(int) + 1
    ink = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        at = np.round((stroke - low) * 16).astype(int)
        at = np.concatenate([at, at[-1:]])  # a stroke of one point is a dot
        cv2.polylines(ink, [at], False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return ink


def _beside(reach: np.ndarray, mark: np.ndarray, top: int, gap: float, pen: float) -> int:
    """Where `mark` must begin to leave `gap` px to the ink that reaches `reach` px in each row."""
    if reach.max() < 0:
        return 0
    near = round(max(abs(gap), pen / 2))  # a neighbour's ink in rows close by is as near
    around = cv2.dilate(reach[:, None].astype(np.float32), np.ones((2 * near + 1, 1), np.uint8))[:, 0]
    starts = np.where((mark > 127).any(axis=1), (mark > 127).argmax(axis=1), 1e6)
    apart = float((around[top : top + len(mark)] - starts).max())
    # What shares no row, as a dash after a dot, comes behind all that is written.
    return round((apart if apart > 0 else float(reach.max())) + gap)


def _print_cells(page: Page, print_: np.ndarray, top: int, tall: int, cell: int, rng: Rng) -> None:
    room = round(tall * rng.uniform(0.12, 0.3))
    first, last = max(top - room, 1), min(top + tall + room, len(print_) - 2)
    thickness = max(2, round(tall * rng.uniform(0.012, 0.035)))
    for left in range(0, print_.shape[1], cell):
        start = first if page.print_ == "boxes" else last - round(0.3 * tall)
        cv2.line(print_, (left, start), (left, last), 255, thickness)
    for row in (first, last) if page.print_ == "boxes" else (last,):
        cv2.line(print_, (0, row), (print_.shape[1], row), 255, thickness)


def _on_one_sheet(page: Page, rows: list, height: int, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """The rows' numbers below and beside each other: ink and print, each (height, width) uint8, fine."""
    tall = height * FINE
    sides = np.round(rng.uniform(*page.margin, 4) * tall).astype(int)
    apart = round(rng.uniform(1.5, 3) * tall)
    room = round(ROOM * tall)
    pitch = round(tall * rng.uniform(1.45, 2.2))
    starts = [0]
    for column in range(page.columns - 1):
        starts.append(starts[-1] + max(row[column][0].shape[1] for row in rows) + apart)
    width = sides[:2].sum() + max(
        start + number[0].shape[1] for row in rows for start, number in zip(starts, row, strict=True)
    )
    total = sides[2:].sum() + tall + pitch * (len(rows) - 1)
    # Room for what reaches above and below the digits, cut off again where the margin is smaller.
    layers = np.zeros((2, total + 2 * room, width), np.uint8)
    for index, row in enumerate(rows):
        for start, number in zip(starts, row, strict=True):
            at = int(sides[2]) + index * pitch
            left = int(sides[0]) + start + (round(rng.uniform(0, 0.4) * tall) if len(rows) > 1 else 0)
            for layer, drawn in zip(layers, number, strict=True):
                part = layer[at : at + len(drawn), left : left + drawn.shape[1]]
                np.maximum(part, drawn[: part.shape[0], : part.shape[1]], out=part)
    ink, print_ = layers[:, room:-room]
    if page.print_ in ("ruled", "squared"):
        step = pitch if page.print_ == "ruled" else max(8, round(tall * rng.uniform(0.35, 0.6)))
        thickness = max(1, round(tall * rng.uniform(0.01, 0.03)))
        below = int(sides[2]) + tall + round(0.04 * tall)
        for row_at in range(below % step, print_.shape[0], step):
            cv2.line(print_, (0, row_at), (width, row_at), 255, thickness)
        if page.print_ == "squared":
            for column_at in range(int(rng.integers(step)), width, step):
                cv2.line(print_, (column_at, 0), (column_at, print_.shape[0]), 255, thickness)
    return ink, print_


def _bent(page: Page, layers: list[np.ndarray], rng: Rng) -> list[np.ndarray]:
    """The layers with upright strokes slanted, turned, and as fine as the picture is to be."""
    height, width = layers[0].shape
    turn, slant = np.deg2rad(rng.uniform(-page.turn, page.turn)), rng.uniform(-page.slant, page.slant)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    bend = spin @ np.array([[1, -slant], [0, 1]]) / FINE
    corners = bend @ np.array([[0, width, 0, width], [0, 0, height, height]])
    low, high = corners.min(axis=1), corners.max(axis=1)
    size = np.maximum(np.ceil(high - low), 8).astype(int)
    soft = [cv2.GaussianBlur(layer, (0, 0), 0.45 * FINE) for layer in layers]  # before it is shrunk
    return [
        cv2.warpAffine(layer, np.column_stack([bend, -low]), size.tolist(), flags=cv2.INTER_LINEAR)
        for layer in soft
    ]


def _picture(page: Page, ink: np.ndarray, print_: np.ndarray, rng: Rng) -> np.ndarray:
    """The picture, (height, width, 3) float of levels."""
    if page.fit:
        scale = min(page.fit[0] / ink.shape[1], page.fit[1] / ink.shape[0])
        size = [max(8, round(side * scale)) for side in ink.shape[::-1]]
        ink, print_ = (cv2.resize(layer, size, interpolation=cv2.INTER_AREA) for layer in (ink, print_))
        room = [max(whole - side, 0) for whole, side in zip(page.fit[::-1], ink.shape, strict=True)]
        before = [int(rng.integers(each + 1)) for each in room]
        pads = [(first, each - first) for first, each in zip(before, room, strict=True)]
        ink, print_ = np.pad(ink, pads), np.pad(print_, pads)
    height, width = ink.shape
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = page.paper
    if page.pattern:
        picture -= page.pattern * _guilloche(height, width, rng)[..., None]
    if page.texture:
        waves = cv2.GaussianBlur(rng.standard_normal((height, width), np.float32), (0, 0), 1.2)
        picture += (page.texture * waves / max(float(waves.std()), 1e-6))[..., None]
    for cover, colour, share in (
        (print_, page.print_ink, 1.0),
        (ink, page.ink, rng.uniform(*page.opacity)),
    ):
        layer = cover[..., None].astype(np.float32) / 255 * share
        picture += layer * (np.array(colour, np.float32) - picture)
    angle = rng.uniform(0, 2 * np.pi)
    picture *= (1 - page.light * np.clip((x * np.cos(angle) + y * np.sin(angle) + 1.2) / 2.4, 0, 1))[
        ..., None
    ]
    if page.blur:
        picture[:] = cv2.GaussianBlur(picture, (0, 0), page.blur)
    if page.noise:
        picture += page.noise * rng.standard_normal((height, width, 1), np.float32)
    return picture


def _guilloche(height: int, width: int, rng: Rng) -> np.ndarray:
    """Fine wavy lines as on cheques, (height, width) float of 0..1."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    lines = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        angle, apart = rng.uniform(0, np.pi), rng.uniform(4, 12)
        along, across = x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)
        wave = rng.uniform(0.2, 1.5) * apart * np.sin(along / rng.uniform(8, 30) + rng.uniform(0, 6))
        lines += np.exp(-((np.sin(np.pi * (across + wave) / apart) / 0.35) ** 2))
    return np.clip(lines, 0, 1)


def _encode(page: Page, picture: np.ndarray) -> bytes:
    image = Image.fromarray(np.clip(picture, 0, 255).round().astype(np.uint8))
    file = BytesIO()
    if page.grey:
        image = image.convert("L")
    if page.quality:
        image.save(file, "JPEG", quality=page.quality)
    else:
        image.save(file, "PNG", compress_level=1)
    return file.getvalue()
