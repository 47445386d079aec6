"""Lessons: what people said their drawings were meant to be, read from an export, to learn and to judge by.

The export is `corrections.npz`, written by `python -m backend.store export`; nothing here knows of
the store itself.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from model_training.alphabets import Alphabet
from model_training.augmentation import augment
from model_training.datasets import Drawing, Images
from model_training.framing import SIDE, frame_all
from model_training.recipes import MILD
from model_training.stroke_augmentation import draw_by_some_route, to_unit_box, vary

NOTHING = ""  # what was meant where the drawing is no character at all
ARRAYS = ("images", "meant", "alphabet", "teacher", "id", "points", "stroke_lengths", "strokes_per_drawing")
HELD_OUT = 0.2  # of the lessons: they judge, and nothing learns from them


class LessonsError(Exception):
    """Lessons that can't be used; the message is a sentence that says what was expected."""


@dataclass(frozen=True)
class Lessons:
    """n lessons of one alphabet: framed images, what was meant, and the strokes where there are any.

    A label is the place of what was meant in the alphabet, or the number of its labels for "nothing".
    """

    alphabet: Alphabet
    images: np.ndarray  # (n, 28, 28) uint8
    labels: np.ndarray  # (n,) uint8
    teachers: np.ndarray  # (n,) int, a number that means the same person
    ids: np.ndarray  # (n,) str
    drawings: tuple[Drawing | None, ...]  # None for what came as a picture

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, index: np.ndarray) -> "Lessons":
        """The lessons at `index`, an array of positions or a mask."""
        positions = np.arange(len(self))[index]
        return Lessons(
            self.alphabet,
            self.images[positions],
            self.labels[positions],
            self.teachers[positions],
            self.ids[positions],
            tuple(self.drawings[i] for i in positions),
        )

    @property
    def framed(self) -> Images:
        """The lessons as they were read."""
        return Images(self.images, self.labels)

    @property
    def meant(self) -> list[str]:
        """What each lesson was meant to be, in words."""
        return [(*self.alphabet.labels, "nothing")[label] for label in self.labels]


def lessons_of(drawings: list[Drawing], images: Images, alphabet: Alphabet) -> Lessons:
    """Lessons made of `drawings` with known labels and their framed `images`, in the same order."""
    return Lessons(
        alphabet,
        images.images,
        images.labels,
        np.array([d.writer for d in drawings], int),
        np.array([f"drawing-{i}" for i in range(len(drawings))]),
        tuple(drawings),
    )


def read_lessons(path: Path, alphabet: Alphabet) -> Lessons:
    """Read the lessons for the model of `alphabet` out of the export `path`.

    Of drawings that are the same, pixel by pixel, the last one counts. What was meant is compared without
    regard to case; a lesson whose meaning isn't in the alphabet teaches its model that it is nothing.

    Raises LessonsError if there is no such file, or its arrays aren't those of an export.
    """
    arrays = _arrays(path)
    labels = {label: place for place, label in enumerate(alphabet.labels)}
    meant = np.array([labels.get(str(text).upper(), len(alphabet)) for text in arrays["meant"]], np.uint8)
    images = frame_all(arrays["images"])  # as the server does with whatever it is sent
    drawings = _drawings(arrays)
    last = {image.tobytes(): i for i, image in enumerate(images)}
    kept = [i for i in sorted(last.values()) if arrays["alphabet"][i] == alphabet.name and images[i].any()]
    return Lessons(
        alphabet,
        images[kept],
        meant[kept],
        arrays["teacher"][kept].astype(int),
        arrays["id"][kept].astype(str),
        tuple(drawings[i] for i in kept),
    )


def _arrays(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except FileNotFoundError:
        raise LessonsError(
            f"There is no {path}: `python -m backend.store export --out {path.parent}` writes it."
        ) from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise LessonsError(f"{path} can't be read as an export of lessons ({error}).") from error
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise LessonsError(f"{path} must hold the arrays {', '.join(ARRAYS)}; missing: {', '.join(missing)}.")
    n = len(arrays["meant"])
    fit = (
        arrays["images"].shape == (n, SIDE, SIDE)
        and arrays["images"].dtype == np.uint8
        and all(len(arrays[name]) == n for name in ("alphabet", "teacher", "id", "strokes_per_drawing"))
        and arrays["points"].ndim == 2
        and arrays["points"].shape[1] == 2
        and np.isfinite(arrays["points"]).all()
        and arrays["stroke_lengths"].sum() == len(arrays["points"])
        and arrays["strokes_per_drawing"].sum() == len(arrays["stroke_lengths"])
    )
    if not fit:
        raise LessonsError(f"{path}: the arrays of the export don't fit together.")
    return arrays


def _drawings(arrays: dict[str, np.ndarray]) -> list[Drawing | None]:
    strokes = np.split(arrays["points"].astype(float), np.cumsum(arrays["stroke_lengths"])[:-1])
    ends = np.cumsum(arrays["strokes_per_drawing"])
    parts = (
        strokes[end - count : end] for count, end in zip(arrays["strokes_per_drawing"], ends, strict=True)
    )
    return [
        Drawing(tuple(s for s in part if len(s)), str(meant), int(teacher)) if any(map(len, part)) else None
        for part, meant, teacher in zip(parts, arrays["meant"], arrays["teacher"], strict=True)
    ]


def part(lessons: Lessons) -> tuple[Lessons, Lessons]:
    """Part `lessons` into those to learn from and those to judge by, HELD_OUT of them.

    The image alone decides, by its hash: a lesson stays where it is however many come after it, so that no
    later model learns from one that an earlier one was judged by, or the other way round.
    """
    held_out = np.array([_position(image) < HELD_OUT for image in lessons.images], bool)
    return lessons.take(~held_out), lessons.take(held_out)


def _position(image: np.ndarray) -> float:
    """A number in 0..1 that depends on the image alone and says nothing about it."""
    return int.from_bytes(hashlib.sha256(image.tobytes()).digest()[:4], "big") / 2**32


def variants(lessons: Lessons, copies: int, seed: int) -> Images:
    """The lessons, and `copies` of each as the same hand might have written it again, framed.

    Strokes are distorted as strokes and drawn anew; what came without them is distorted as an image.
    """
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(len(lessons)), copies)
    images = lessons.images[of]
    pictures = np.array([lessons.drawings[i] is None for i in of], bool)
    if pictures.any():
        pixels = tf.constant(images[pictures][..., None], tf.float32)
        distorted = augment(pixels, tf.constant([seed, 0]), MILD).numpy()[..., 0]
        images[pictures] = frame_all(np.round(distorted).astype(np.uint8))
    for i in np.flatnonzero(~pictures):
        drawing = lessons.drawings[of[i]]
        assert drawing is not None
        images[i] = draw_by_some_route(vary(to_unit_box(drawing.strokes), rng), rng)
    return Images(
        np.concatenate([lessons.images, images]), np.concatenate([lessons.labels, lessons.labels[of]])
    )
