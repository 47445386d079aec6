"""Strings of digits to train on: lines of writing, set together from one writer's training digits.

A line is as reading makes it of a picture: level, its characters about 20 px high, as those of MNIST, its
paper gone. What goes wrong on the way there is drawn too: coarse pictures, strokes that a removed rule broke,
what is left of boxes and lines, specks.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from model_training.alphabets import DIGITS
from model_training.datasets import (
    Drawing,
    Images,
    load_mnist,
    load_pendigits,
    split_mnist,
    split_pendigits,
)
from model_training.framing import FULL_INK
from model_training.label_cleaning import without_doubtful
from model_training.real_negatives import LETTERS_LIKE_DIGITS
from model_training.strangers import split_strangers
from model_training.stroke_augmentation import distort, to_unit_box, vary
from model_training.unipen import load_unipen

LINE_HEIGHT = 32  # px, of a line's image
CHARACTER_HEIGHT = 20  # px, of the characters on it, as framing makes them
FINE = 2  # times larger is drawn
PLACE = (
    2  # px, that an output of the network is wide: two ones side by side, and the blank between, need three
)
NO_DIGIT = len(DIGITS)
STEP = 32  # px, a line's image is padded to a multiple of it
MOST_CHARACTERS = 10  # digits of a string
LEAST_LABELS = 7  # of the ten digits, that someone wrote who is a writer of strings
SCANNED_SHARE = 0.3  # of the strings, written with MNIST's images
SEPARATORS = {
    ".": ((((0.0, 0.97), (0.03, 0.98)),), 0.2),
    ",": ((((0.05, 0.93), (0.05, 1.02), (0.0, 1.14)),), 0.15),
    "-": ((((0.0, 0.52), (0.35, 0.5)),), 0.15),
    "=": ((((0.0, 0.42), (0.38, 0.4)), ((0.0, 0.62), (0.38, 0.6))), 0.1),
    "/": ((((0.5, -0.12), (0.0, 1.12)),), 0.06),
    "#": (
        (
            ((0.2, 0.0), (0.1, 1.0)),
            ((0.45, 0.0), (0.35, 1.0)),
            ((0.0, 0.35), (0.55, 0.33)),
            ((0.0, 0.65), (0.55, 0.63)),
        ),
        0.24,
    ),
    "*": ((((0.1, 0.3), (0.5, 0.75)), ((0.5, 0.3), (0.1, 0.75)), ((0.3, 0.25), (0.3, 0.8))), 0.05),
    "$": (
        (
            ((0.45, 0.2), (0.2, 0.15), (0.1, 0.35), (0.4, 0.6), (0.3, 0.85), (0.02, 0.8)),
            ((0.27, -0.05), (0.24, 1.08)),
        ),
        0.05,
    ),
}  # strokes in units of the digits' height, y down, with the share of separators that each is
AROUND = ("#", "*", "-", "=", "$")  # that stand before and after a number


@dataclass(frozen=True)
class Strings:
    """Lines of one width, as arrays of uint8."""

    lines: np.ndarray  # (n, 32, width) ink
    labels: np.ndarray  # (n, 10) their digits, ended by 10s
    places: np.ndarray  # (n, width / 2) the digit whose middle is at each place, or 10


class StringWriter:
    """Writes strings by those who are trained on, at random.

    Digits, of drawings and of `scanned` images; without these whatever is drawn, as letters, of which none is
    read.
    """

    def __init__(
        self,
        scanned: Images | None,
        drawings: list[Drawing],
        symbols: list[Drawing],
        seed: int | tuple[int, int],
    ):
        self._people = writers_among(drawings)
        self._scanned = _by_label(scanned) if scanned else []
        self._symbols: dict[str, list[Drawing]] = defaultdict(list)
        for drawing in symbols:
            self._symbols[drawing.label].append(drawing)
        self.rng = np.random.default_rng(seed)

    def write(self) -> tuple[np.ndarray, list[int], np.ndarray]:
        """Return a line, (32, width) uint8 ink, its digits, and where their middles are, (digits,) px.

        `width` is a multiple of 32.
        """
        rng = self.rng
        person = None
        if not self._scanned or (rng.random() >= SCANNED_SHARE and self._people):
            person = self._people[rng.integers(len(self._people))]
        tall = CHARACTER_HEIGHT * FINE * float(np.clip(rng.normal(1, 0.08), 0.75, 1.2))
        pen = FINE * float(np.clip(rng.normal(2.4, 0.4), 1.6, 3.6)) * tall / CHARACTER_HEIGHT / FINE
        text = _text(rng, sorted(person) if person else [str(label) for label in range(10)])
        ink, middles = self._set(text, person, tall, pen)
        is_digit = np.array([each.isdecimal() for each in text])
        line, middles = _finished(ink, middles[is_digit], tall, rng)
        return line, [int(each) for each in text if each.isdecimal()], middles

    def _set(self, text, person, tall: float, pen: float) -> tuple[np.ndarray, np.ndarray]:
        """The characters of `text` beside each other, (height, width) uint8, `FINE` times too large.

        Beside it the middle of each, (characters, 2) x, y.
        """
        rng = self.rng
        room = round(0.45 * tall)
        rows = round(tall) + 2 * room
        manner = rng.choice(4, p=(0.4, 0.15, 0.35, 0.1))  # apart, close, now and then touching, crowded
        gaps = [(0.08, 0.5), (0.02, 0.12), (0.05, 0.35), (-0.06, 0.08)][manner]
        touching = (0.0, 0.1, rng.uniform(0.2, 0.8), 0.5)[manner]
        uneven = rng.uniform(0.01, 0.09)
        reach = np.full(rows, -1e6, np.float32)  # how far to the right ink reaches, by row
        drawn, tails = [], []
        for index, character in enumerate(text):
            mark, strokes, high = self._glyph(character, person, tall, pen)
            at = room + (round(tall) - len(mark) if high is None else round(high))
            if high is None:
                at += round(rng.normal(0, uneven) * tall)
            mark = mark[:rows]
            at = min(max(at, 0), rows - len(mark))
            gap = rng.uniform(*gaps) * tall
            if index and rng.random() < touching:
                gap = -rng.uniform(0.05, 0.4 if rng.random() < 0.75 else 1.3) * pen
            solid = mark > FULL_INK // 2
            left = _beside(reach[at : at + len(mark)], reach, solid, at, gap, pen)
            drawn.append((mark, at, left))
            ends = mark.shape[1] - solid[:, ::-1].argmax(axis=1) + left
            band = reach[at : at + len(mark)]
            np.maximum(band, np.where(solid.any(axis=1), ends, -1e6), out=band)
            tails.append([stroke + (left, at) for stroke in strokes])
        first = min(left for _, _, left in drawn)
        width = max(left - first + mark.shape[1] for mark, _, left in drawn) + 1
        ink = np.zeros((rows, width), np.uint8)
        for mark, at, left in drawn:
            part = ink[at : at + len(mark), left - first : left - first + mark.shape[1]]
            np.maximum(part, mark[:, : part.shape[1]], out=part)
        if rng.random() < 0.12:
            for before, after in pairwise(tails):
                if before and after and rng.random() < 0.4:
                    _link(ink, before[-1][-1] - (first, 0), after[0][0] - (first, 0), pen, rng)
        middles = [(left - first + mark.shape[1] / 2, at + len(mark) / 2, 1) for mark, at, left in drawn]
        return ink, np.array(middles)

    def _glyph(self, character, person, tall, pen) -> tuple[np.ndarray, list[np.ndarray], float | None]:
        """A character's ink, cropped, its strokes there, and where its top is if it stands on no line."""
        rng = self.rng
        if character.isalnum():
            size = tall * float(np.clip(rng.normal(1, 0.06), 0.75, 1.2))
            if person is None:
                scanned = self._scanned[int(character)]
                return _enlarged(scanned[rng.integers(len(scanned))], size), [], None
            of = person[character]
            strokes = to_unit_box(distort(of[rng.integers(len(of))], rng))
            return *_draw(strokes, size, pen), None
        if self._symbols.get(character) and character not in ".,-/" and rng.random() < 0.6:
            of = self._symbols[character]
            strokes = vary(to_unit_box(of[rng.integers(len(of))].strokes), rng)
            height = tall * rng.uniform(*((0.4, 0.7) if character == "=" else (0.6, 1.25)))
            mark, placed = _draw(strokes, height, pen)
            return mark, placed, (tall - len(mark)) / 2 + rng.normal(0, 0.06) * tall
        shape = SEPARATORS[character][0]
        stretch = np.exp(rng.normal(0, 0.25, 2)) * tall
        strokes = [np.array(stroke) + rng.normal(0, 0.03, (len(stroke), 2)) for stroke in shape]
        low = min(stroke[:, 1].min() for stroke in strokes)
        if character in "./,":
            stretch = stretch * 0 + tall
        extent = np.ptp(np.concatenate(strokes), axis=0) * stretch
        mark, placed = _draw([stroke * stretch for stroke in strokes], float(extent[1]) + pen, pen, False)
        return mark, placed, low * tall - pen / 2


def writers_among(drawings: list[Drawing]) -> list[dict[str, list[Drawing]]]:
    """Return the drawings by label of each person who drew enough labels to write strings."""
    people: dict[tuple[bool, int], dict[str, list[Drawing]]] = defaultdict(lambda: defaultdict(list))
    for drawing in drawings:
        # Writers' numbers mean the same one within a data set only; the pen digits have no collections.
        people[drawing.collection < 0, drawing.writer][drawing.label].append(drawing)
    return [dict(people[key]) for key in sorted(people) if len(people[key]) >= LEAST_LABELS]


def training_people() -> tuple[Images, list[Drawing], list[Drawing]]:
    """Return what strings are set together from: MNIST's training images, people's digits, and their symbols.

    Nobody is among them by whom anything is validated. Raises DataUnavailableError as `load_sources` does.
    """
    scanned, _ = split_mnist(load_mnist()[0])
    pen, _ = split_pendigits(load_pendigits())
    strangers = without_doubtful(split_strangers(load_unipen("digits") or []).training)
    return scanned, pen + strangers, split_strangers(load_unipen("symbols") or []).training


def training_letters() -> tuple[None, list[Drawing], list[Drawing]]:
    """Return what lines that are no numbers are set together from: letters unlike digits, and symbols.

    By the same people as digits. Raises DataUnavailableError as `load_sources` does.
    """
    letters = split_strangers(load_unipen("letters") or []).training
    unlike = [each for each in letters if each.label not in LETTERS_LIKE_DIGITS]
    return None, unlike, split_strangers(load_unipen("symbols") or []).training


def _by_label(scanned: Images) -> list[np.ndarray]:
    return [scanned.images[scanned.labels == label] for label in range(10)]


def _text(rng: np.random.Generator, labels: list[str]) -> str:
    """Digits, a few equal ones beside each other, with separators among and around them."""
    count = int(rng.integers(1, MOST_CHARACTERS + 1))
    digits = [str(rng.choice(labels)) for _ in range(count)]
    if rng.random() < 0.15:
        digits = [d if rng.random() < 0.6 else rng.choice(["0", "1"]) for d in digits]
        digits = [d if d in labels else labels[0] for d in digits]
    if rng.random() < 0.35 and count > 2:
        mark = str(rng.choice([".", ",", "-", "/"], p=(0.5, 0.25, 0.15, 0.1)))
        for place in [count - 3] if count > 3 and rng.random() < 0.6 else [int(rng.integers(1, count))]:
            digits.insert(place, mark)
    before = after = ""
    style = rng.random()
    if style < 0.25:
        before = after = str(rng.choice(AROUND, p=(0.7, 0.12, 0.08, 0.08, 0.02)))
        if rng.random() < 0.3:
            before, after = before * 2, after * 2
    elif style < 0.45:
        after = str(rng.choice(["-", "=", ".", ".-", "#", "/", "--"]))
    elif style < 0.53:
        before = str(rng.choice(["$", "#", "*", "-", "="]))
    return before + "".join(digits) + after


def _draw(strokes, height: float, pen: float, fit: bool = True) -> tuple[np.ndarray, list[np.ndarray]]:
    """The ink of `strokes`, `height` px tall or as wide at most, and the strokes on it."""
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = max(height - pen, 1) / max(float(extent[1]), float(extent[0]) / 1.1, 1e-6) if fit else 1.0
    placed = [(stroke - low) * scale + pen / 2 for stroke in strokes]
    width, tall = np.ceil(np.concatenate(placed).max(axis=0) + pen / 2).astype(int) + 1
    ink = np.zeros((tall, width), np.uint8)
    for stroke in placed:
        at = np.round(stroke * 16).astype(int)
        cv2.polylines(
            ink, [np.concatenate([at, at[-1:]])], False, FULL_INK, max(1, round(pen)), cv2.LINE_AA, 4
        )
    return ink, placed


def _enlarged(image: np.ndarray, height: float) -> np.ndarray:
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    cut = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = height / max(cut.shape)
    size = [max(1, round(side * scale)) for side in cut.shape[::-1]]
    return cv2.resize(cut, size, interpolation=cv2.INTER_CUBIC)


def _beside(band: np.ndarray, reach: np.ndarray, solid: np.ndarray, top: int, gap: float, pen: float) -> int:
    """Where a mark must begin to leave `gap` px to the ink before it, in rows close by too."""
    if reach.max() < 0:
        return 0
    near = round(max(abs(gap), pen / 2))
    around = cv2.dilate(reach[:, None], np.ones((2 * near + 1, 1), np.uint8))[top : top + len(solid), 0]
    starts = np.where(solid.any(axis=1), solid.argmax(axis=1), 1e6)
    apart = float((around - starts).max())
    return round((apart if apart > 0 else float(reach.max())) + gap)


def _link(ink: np.ndarray, start: np.ndarray, end: np.ndarray, pen: float, rng: np.random.Generator) -> None:
    """A stroke from the end of one digit to the beginning of the next, as where the pen isn't lifted."""
    if np.hypot(*(end - start)) > 0.9 * len(ink):
        return
    middle = (start + end) / 2 + rng.normal(0, 0.08, 2) * len(ink)
    t = np.linspace(0, 1, 8)[:, None]
    curve = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
    cv2.polylines(
        ink, [np.round(curve * 16).astype(int)], False, FULL_INK, max(1, round(0.8 * pen)), cv2.LINE_AA, 4
    )


def _finished(
    ink: np.ndarray, middles: np.ndarray, tall: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The line as it is read: slanted, spoilt by its way, 32 px high; and where `middles` are then, in px."""
    height, width = ink.shape
    slant = rng.normal(0, 0.12) if rng.random() < 0.7 else rng.uniform(-0.35, 0.35)
    turn = np.tan(np.deg2rad(rng.normal(0, 0.8)))
    canvas = LINE_HEIGHT * FINE
    margins = rng.integers(2, 14, 2) * FINE
    lean = abs(slant) * height
    drop = float(np.clip(rng.normal(0, 1.2), -3, 3)) * FINE + (canvas - height) / 2
    wide = int(margins.sum() + width + lean)
    wide += -wide % (STEP * FINE)
    move = np.array(
        [
            [1, -slant, margins[0] + max(slant, 0) * height],
            [turn, 1, drop - turn * width / 2],
        ],
        np.float64,
    )
    page = cv2.warpAffine(ink, move, (wide, canvas), flags=cv2.INTER_LINEAR)
    pen_side = max(1, round(tall / 20))
    if rng.random() < 0.07:  # a line beneath that was not told from writing
        row = (canvas - height) / 2 + height - 0.3 * tall + rng.uniform(0, 0.12) * tall
        cv2.line(page, (0, round(row)), (wide, round(row + rng.normal(0, 2))), FULL_INK, pen_side * 2)
    if rng.random() < 0.1:  # a rule was removed, and took strokes along
        row = int(rng.uniform(0.15, 0.85) * canvas)
        start = int(rng.integers(0, wide))
        page[row : row + int(rng.integers(1, 4)), start : start + int(rng.integers(wide // 4, wide))] = 0
    if rng.random() < 0.12:  # what is left of boxes
        for _ in range(int(rng.integers(1, 5))):
            x, y = int(rng.integers(0, wide)), int(rng.integers(0, canvas))
            long = int(rng.uniform(0.1, 0.6) * tall)
            end = (x, y + long) if rng.random() < 0.4 else (x + long, y)
            cv2.line(page, (x, y), end, int(rng.integers(100, 256)), 1)
    if rng.random() < 0.15:
        for _ in range(int(rng.integers(1, 6))):
            at = int(rng.integers(0, wide)), int(rng.integers(0, canvas))
            cv2.circle(page, at, int(rng.integers(1, 3)), int(rng.integers(100, 256)), -1)
    level: np.ndarray = page.astype(np.float32)
    if rng.random() < 0.45:  # few pixels
        pixels = rng.uniform(9, 26)
        scale = pixels / tall
        small = cv2.resize(
            level,
            (max(4, round(wide * scale)), max(4, round(canvas * scale))),
            interpolation=cv2.INTER_AREA,
        )
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.8))
        noise = rng.standard_normal(small.shape, np.float32)
        small = small + np.float32(rng.uniform(0, 25)) * noise
        level = cv2.resize(small, (wide, canvas), interpolation=cv2.INTER_CUBIC)
    else:
        level = cv2.GaussianBlur(level, (0, 0), rng.uniform(0.4, 1.3))
    if rng.random() < 0.7:  # contrast is made full, strokes thinner or thicker
        middle = rng.uniform(85, 165)
        half = rng.uniform(30, middle - 15)  # paper stays paper
        level = (level - middle + half) * (FULL_INK / (2 * half))
    level = cv2.resize(level, (wide // FINE, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    return np.clip(level, 0, FULL_INK).astype(np.uint8), middles @ move[0] / FINE


def write_strings(writer: StringWriter, count: int, progress=iter) -> list[Strings]:
    """Write `count` strings, those of one width together."""
    by_width: dict[int, list[tuple]] = defaultdict(list)
    for _ in progress(range(count)):
        written = writer.write()
        by_width[written[0].shape[1]].append(written)
    return [_together(by_width[width]) for width in sorted(by_width)]


def _together(written: list[tuple[np.ndarray, list[int], np.ndarray]]) -> Strings:
    width = written[0][0].shape[1]
    labels = np.full((len(written), MOST_CHARACTERS), NO_DIGIT, np.uint8)
    places = np.full((len(written), width // PLACE), NO_DIGIT, np.uint8)
    for row, along, (_, digits, middles) in zip(labels, places, written, strict=True):
        row[: len(digits)] = digits
        at = np.clip(np.round(middles / PLACE - 0.5).astype(int), 0, len(along) - 1)
        for index, (place, digit) in enumerate(zip(at, digits, strict=True)):
            near = np.abs(np.delete(at, index) - place).min(initial=len(along))
            along[max(place - (near > 3), 0) : place + 1 + (near > 3)] = digit
    return Strings(np.stack([line for line, _, _ in written]), labels, places)
