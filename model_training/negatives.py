"""Negatives: what is no character of an alphabet, drawn so that the model learns to refuse it.

Hendrycks, Mazeika and Dietterich, "Deep Anomaly Detection with Outlier Exposure" (2019). Symbols, and to
digits letters, come from our own stroke alphabet and from the open fonts that Matplotlib brings; scribbles,
parts of digits, characters run together, textures and noise are made here.
"""

import functools
import string
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage
from scipy.interpolate import CubicSpline

from model_training import real_negatives, scans
from model_training.alphabets import DIGITS, LETTERS, Alphabet
from model_training.datasets import Drawing, Images
from model_training.framing import FULL_INK, SIDE, frame
from model_training.real_negatives import Kinds
from model_training.stroke_alphabet import (
    DOODLES,
    LETTERS_AND_SYMBOLS,
    LIKE_LETTERS,
    LOOK_ALIKES,
    OTHER_DOODLES,
    SYMBOLS,
    glyphs,
)
from model_training.stroke_augmentation import distort, draw_by_some_route, to_unit_box, vary
from model_training.strokes import draw_strokes, frame_strokes

# Shares of what is trained on, by alphabet and kind.
TRAINED = {
    DIGITS.name: {
        "letters and symbols": 0.32,
        "doodles": 0.06,
        "print": 0.16,
        "ticks": 0.03,
        "printed Greek": 0.05,
        "scribbles": 0.16,
        "digits run together": 0.1,
        "parts of digits": 0.03,
        "noise and textures": 0.09,
    },
    # A part of a letter is often another one.
    LETTERS.name: {
        "symbols": 0.13,
        "doodles": 0.09,
        "print": 0.14,
        "scribbles": 0.38,
        "letters run together": 0.14,
        "noise and textures": 0.12,
    },
}
# What is drawn of our own strokes and open fonts alone; the others are made of digits or letters at hand.
_MADE_OF_CHARACTERS = ("digits run together", "parts of digits", "letters run together")
NEEDS_NOTHING = {
    alphabet: {kind: share for kind, share in shares.items() if kind not in _MADE_OF_CHARACTERS}
    for alphabet, shares in TRAINED.items()
}
# Kinds that are only measured. Look-alikes are listed apart: some can't be told from a digit.
HELD_OUT = ("other doodles", "other scripts")
APART = {DIGITS.name: ("look-alike letters",), LETTERS.name: ()}

FONTS = ("DejaVuSans", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSansMono",
         "STIXGeneral", "STIXGeneralItalic", "cmr10", "cmtt10", "cmss10", "DejaVuSans-Bold")  # fmt: skip
LIKE_DIGITS = "BDGIOQSYZbgiloqsyz"
PRINTED = {
    DIGITS.name: "".join(sorted(set(string.ascii_letters) - set(LIKE_DIGITS))) + "!?#%&@*+<>=$",
    LETTERS.name: "3478?#%&@*>=$",
}
# Not those that are a Latin letter or a digit (o, iota, beta, ...), nor phi and Lambda: so some write a
# slashed zero and a 1.
GREEK = "αγδεζηθκλμνξπρςστυχψωΓΔΘΞΠΣΨΩ"
GREEK_FONTS = ("DejaVuSans", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSans-Bold",
               "STIXGeneral", "STIXGeneralItalic", "STIXGeneralBol", "STIXGeneralBolIta")  # fmt: skip
# Cyrillic, Armenian and Hebrew letters unlike digits and unlike all glyphs that are trained on.
OTHER_SCRIPTS = "ЖШЩДЮЯИЫԱԲԺԽאחמעצשת"
SCRIPTS = {DIGITS.name: OTHER_SCRIPTS, LETTERS.name: "ЖЩДЮЫԺאצ"}  # of these no letter is like a Latin one
# Two of the others can look like one letter: c and l like d, r and n like m, two bars like u.
RUN_TOGETHER = "ABDEFGHKMNPQRSWXYZabdeghkmnpqswxyz"
FONT_SIZE = 48  # px
VALIDATION_SEED = 4_711  # no training run has it


@dataclass(frozen=True)
class Negatives:
    """Framed images that show no character of an alphabet, (n, 28, 28) uint8, and their kinds, (n,) str."""

    images: np.ndarray
    kinds: np.ndarray

    def __len__(self) -> int:
        return len(self.kinds)


def render_negatives(
    n: int,
    seed: int,
    drawings: list[Drawing],
    scanned: Images,
    kinds: dict[str, float] | None = None,
    real: Kinds | None = None,
    progress=iter,
    alphabet: Alphabet = DIGITS,
) -> Negatives:
    """Draw `n` negatives of `kinds`, names with their shares; if None, of `TRAINED` and the kinds of `real`.

    `drawings` and `scanned`, of which there may be none, are characters of `alphabet` of which parts and
    pairs are made; `real` holds real drawings by kind. `progress` wraps the iteration, as tqdm does.
    """
    rng = np.random.default_rng(seed)
    real = real or {}
    of_real = {kind: share for kind, share in real_negatives.TRAINED[alphabet.name].items() if kind in real}
    shares = kinds or {**TRAINED[alphabet.name], **of_real}
    total = sum(shares.values())
    chosen = rng.choice(list(shares), n, p=[share / total for share in shares.values()])
    makers = _makers(drawings, scanned, alphabet)
    makers |= {kind: _real_maker(kind, of_kind) for kind, of_kind in real.items()}
    images = np.empty((n, SIDE, SIDE), np.uint8)
    for i, kind in enumerate(progress(chosen)):
        images[i] = makers[str(kind)](rng)
        while not images[i].any():  # too faint to be drawn at all
            images[i] = makers[str(kind)](rng)
    return Negatives(images, chosen)


def as_people_drew_them(of_kind: list[Drawing] | np.ndarray, n: int, seed: int) -> np.ndarray:
    """Return at most `n` real negatives of one kind, framed and otherwise as they are: (n, 28, 28) uint8."""
    chosen = np.random.default_rng(seed).permutation(len(of_kind))[:n]
    drawn = [of_kind[i] for i in chosen]
    return np.stack([frame(d) if isinstance(d, np.ndarray) else frame_strokes(d.strokes) for d in drawn])


def _makers(drawings: list[Drawing], scanned: Images, alphabet: Alphabet) -> dict[str, Callable]:
    return {
        **(_makers_for_digits if alphabet is DIGITS else _makers_for_letters)(drawings, scanned),
        "print": functools.partial(_printed, PRINTED[alphabet.name], FONTS),
        "scribbles": _scribble,
        "noise and textures": _texture,
        "doodles": functools.partial(_glyph, list(glyphs(DOODLES).values())),
        "other doodles": functools.partial(_glyph, list(glyphs(OTHER_DOODLES).values())),
        "other scripts": functools.partial(_printed, SCRIPTS[alphabet.name], FONTS[:1]),
    }


def _makers_for_digits(digits: list[Drawing], mnist: Images) -> dict[str, Callable]:
    return {
        "letters and symbols": functools.partial(_glyph, list(glyphs(LETTERS_AND_SYMBOLS).values())),
        "digits run together": functools.partial(_pair, digits, mnist),
        "ticks": _tick,
        "printed Greek": functools.partial(_printed, GREEK, GREEK_FONTS),
        "parts of digits": functools.partial(_part, mnist.take(np.isin(mnist.labels, (0, 2, 3, 5)))),
        "look-alike letters": functools.partial(_glyph, list(glyphs(LOOK_ALIKES).values())),
    }


def _makers_for_letters(letters: list[Drawing], scanned: Images) -> dict[str, Callable]:
    unlike = [strokes for name, strokes in glyphs(SYMBOLS).items() if name not in LIKE_LETTERS]
    wide = [drawing for drawing in letters if drawing.label in RUN_TOGETHER]
    indices = [LETTERS.index(label) for label in RUN_TOGETHER.upper()]
    of_scanned = scanned.take(np.isin(scanned.labels, indices))
    return {
        "symbols": functools.partial(_glyph, unlike),
        "letters run together": functools.partial(_pair, wide, of_scanned),
    }


def _real_maker(kind: str, of_kind: list[Drawing] | np.ndarray) -> Callable:
    if kind == "scanned digits":
        return lambda rng: of_kind[rng.integers(len(of_kind))]
    if isinstance(of_kind, np.ndarray):
        return functools.partial(_real_doodle, of_kind)
    return functools.partial(_real_drawing, of_kind)


def _real_drawing(drawings: list[Drawing], rng: np.random.Generator) -> np.ndarray:
    """A real drawing in somewhat another hand; some as a coarse scan, as digits are."""
    strokes = vary(to_unit_box(drawings[rng.integers(len(drawings))].strokes), rng)
    if rng.random() < 0.15:
        pen = scans.LARGE * rng.uniform(0.06, 0.18)
        large = [s * (scans.LARGE - pen) + pen / 2 for s in to_unit_box(strokes)]
        return scans.coarse(draw_strokes(large, scans.LARGE, pen), rng)
    return draw_by_some_route(strokes, rng)


def _real_doodle(bitmaps: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    image = bitmaps[rng.integers(len(bitmaps))]
    return frame(image[:, ::-1] if rng.random() < 0.5 else image)


def _glyph(alphabet: list, rng: np.random.Generator) -> np.ndarray:
    """One glyph of a stroke alphabet in some hand."""
    strokes = [_jitter(stroke, rng) for stroke in alphabet[rng.integers(len(alphabet))]]
    return draw_by_some_route(vary(to_unit_box(strokes), rng), rng)


def _jitter(stroke: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move, turn and stretch one stroke by itself: hands don't place strokes where the grid has them."""
    middle = stroke.mean(axis=0)
    turn = rng.normal(0, 0.1)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    stretch = np.exp(rng.normal(0, 0.1, 2))
    return (stroke - middle) @ rotation.T * stretch + middle + rng.normal(0, 0.035, 2)


def _printed(characters: str, fonts: tuple[str, ...], rng: np.random.Generator) -> np.ndarray:
    """One printed character, thinned or thickened, turned, slanted and bent."""
    font = _font(fonts[rng.integers(len(fonts))])
    page = Image.new("L", (2 * FONT_SIZE, 2 * FONT_SIZE))
    character = characters[rng.integers(len(characters))]
    ImageDraw.Draw(page).text((FONT_SIZE, FONT_SIZE), character, FULL_INK, font, "mm")
    angle, slant = np.deg2rad(rng.normal(0, 8)), rng.normal(0, 0.15)
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = linear @ np.array([[1, 0], [slant, 1]]) @ np.diag(np.exp(rng.normal(0, 0.12, 2)))
    rows, columns = np.mgrid[: 2 * FONT_SIZE, : 2 * FONT_SIZE] - float(FONT_SIZE)
    bend = ndimage.gaussian_filter(rng.normal(0, 1, (2, *rows.shape)), (0, 10, 10)) * rng.uniform(0, 60)
    at = np.tensordot(linear, np.stack([rows, columns]), 1) + bend + FONT_SIZE
    ink = ndimage.map_coordinates(np.asarray(page, np.float32), at, order=1)
    size = int(rng.integers(1, 5))
    ink = (ndimage.grey_erosion if rng.random() < 0.4 else ndimage.grey_dilation)(ink, (size, size))
    return frame(np.clip(ink, 0, FULL_INK).astype(np.uint8))


@functools.cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return ImageFont.truetype(str(folder / f"{name}.ttf"), FONT_SIZE)


def _scribble(rng: np.random.Generator) -> np.ndarray:
    """A line that goes nowhere: a tangle, a zigzag, loops, hatching or a bundle of lines."""
    kind = rng.integers(5)
    t = np.linspace(0, 1, 120)
    if kind == 0:
        corners = rng.uniform(0, 1, (rng.integers(7, 26), 2))
        strokes = [CubicSpline(np.linspace(0, 1, len(corners)), corners)(t)]
    elif kind == 1:
        teeth = int(rng.integers(7, 16))
        x = np.linspace(0, 1, teeth) + rng.normal(0, 0.03, teeth)
        y = np.arange(teeth) % 2 * rng.uniform(0.2, 1) + rng.normal(0, 0.08, teeth)
        strokes = [np.column_stack([x, y])]
    elif kind == 2:
        turns, drift = rng.uniform(3, 7), rng.uniform(0.8, 3)
        radius = 1 + rng.normal(0, 0.5) * t
        angle = 2 * np.pi * turns * t
        strokes = [np.column_stack([radius * np.cos(angle) + drift * t, radius * np.sin(angle)])]
    elif kind == 3:
        n = int(rng.integers(4, 10))
        strokes = [np.array([[i / n, 0], [i / n, 1]]) + rng.normal(0, 0.04, (2, 2)) for i in range(n)]
    else:
        strokes = [rng.uniform(0, 1, (rng.integers(2, 5), 2)) for _ in range(rng.integers(5, 10))]
    turn = rng.uniform(0, 2 * np.pi)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return draw_by_some_route([s @ rotation for s in strokes], rng)


def _tick(rng: np.random.Generator) -> np.ndarray:
    """A tick: a short stroke down, at times a mere hook, and a long one up to the right, straight or bent."""
    hooked = rng.random() < 0.5
    short = rng.uniform(0.1, 0.26) if hooked else rng.uniform(0.26, 0.7)
    lean, of_short = np.deg2rad([rng.uniform(24 if hooked else 14, 62), rng.uniform(5, 75)])
    end, start = (
        np.array([np.sin(lean), -np.cos(lean)]),
        -short * np.array([np.sin(of_short), np.cos(of_short)]),
    )
    t = np.linspace(0, 1, 24)[:, None]
    bow = rng.normal(0, 0.07) * np.sin(np.pi * t) * np.array([-end[1], end[0]])
    down = start * (1 - np.linspace(0, 1, 8)[:-1, None])
    stroke = np.concatenate([down, end * t + bow])
    if rng.random() < 0.4:
        rounded = ndimage.gaussian_filter1d(stroke, rng.uniform(0.5, 2), axis=0, mode="nearest")
        stroke = np.concatenate([stroke[:1], rounded[1:-1], stroke[-1:]])
    return draw_by_some_route(vary(to_unit_box([stroke]), rng), rng)


def _pair(drawings: list[Drawing], scanned: Images, rng: np.random.Generator) -> np.ndarray:
    """Two or three characters side by side, apart or overlapping a little."""
    n = int(rng.choice([2, 2, 2, 3]))
    if len(scanned) and rng.random() < 0.5:
        ink = np.zeros((SIDE, SIDE * n), np.uint8)
        at = 0
        for image in scanned.images[rng.integers(0, len(scanned), n)]:
            columns = np.flatnonzero(image.any(axis=0))
            image = image[:, columns[0] : columns[-1] + 1]
            ink[:, at : at + image.shape[1]] = np.maximum(ink[:, at : at + image.shape[1]], image)
            at += image.shape[1] + int(rng.integers(-2, 6))
        return frame(ink)
    strokes: list[np.ndarray] = []
    edge = 0.0
    for i in rng.integers(0, len(drawings), n):
        points = [s + (0, rng.normal(0, 0.08)) for s in distort(drawings[i], rng)]
        left = np.concatenate(points)[:, 0].min()
        strokes += [s + (edge - left, 0) for s in points]
        edge = np.concatenate(strokes)[:, 0].max() + rng.uniform(-0.05, 0.3)
    return draw_by_some_route(strokes, rng)


def _part(mnist: Images, rng: np.random.Generator) -> np.ndarray:
    """The upper, lower, left or right half of an image; its digit must be one whose halves are none."""
    image = mnist.images[rng.integers(len(mnist))]
    half = SIDE // 2 + int(rng.integers(-1, 2))
    return frame([image[:half], image[half:], image[:, :half], image[:, half:]][rng.integers(4)])


def _texture(rng: np.random.Generator) -> np.ndarray:
    """Noise, specks, blots, stripes, gradients and filled shapes."""
    kind = rng.integers(7)
    ink: np.ndarray
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE
    if kind == 0:
        ink = rng.uniform(0, 1, (SIDE, SIDE)) ** rng.uniform(0.3, 6)
    elif kind == 1:
        ink = rng.random((SIDE, SIDE)) < rng.uniform(0.005, 0.5)
    elif kind == 2:
        ink = np.abs(rng.normal(0, rng.uniform(0.1, 0.6), (SIDE, SIDE)))
    elif kind == 3:
        field = ndimage.gaussian_filter(rng.normal(0, 1, (SIDE, SIDE)), rng.uniform(0.7, 4))
        field = field / field.std()
        ink = field > rng.uniform(-0.5, 1.2) if rng.random() < 0.5 else field * 0.3 + 0.4
    elif kind == 4:
        angle, waves = rng.uniform(0, np.pi), rng.uniform(2, 9)
        ink = np.sin(2 * np.pi * waves * (x * np.cos(angle) + y * np.sin(angle))) > rng.uniform(-0.6, 0.6)
    elif kind == 5:
        ink = np.clip(rng.uniform(-0.3, 0.8) + x * rng.normal(0, 1) + y * rng.normal(0, 1), 0, 1)
    else:
        radii = rng.uniform(0.2, 0.5, 2)
        power = rng.choice([1, 2, 8])
        ink = (np.abs((x - 0.5) / radii[0]) ** power + np.abs((y - 0.5) / radii[1]) ** power) < 1
    level = rng.uniform(0.4, 1) * FULL_INK
    return frame((np.clip(ink, 0, 1) * level).astype(np.uint8))


def negative_validation(
    drawings: list[Drawing],
    scanned: Images,
    n: int = 2_000,
    real: Kinds | None = None,
    alphabet: Alphabet = DIGITS,
) -> Negatives:
    """Draw the negatives to choose by; `drawings`, `scanned` and `real` are validation data."""
    return render_negatives(n, VALIDATION_SEED, drawings, scanned, real=real, alphabet=alphabet)
