"""Lessons packed for programs (`.npz`): arrays, without Python objects.

A packed file holds an entry a lesson in `images` (n, 28, 28) uint8, and in `meant`, `read`, `alphabet`,
`collection`, `created`, `kind`, `model`, `id` (text, "" for null), `teacher` (whole numbers) and `confidence`
(NaN for null). All strokes lie one after the other in `points` (m, 2) float32, x to the right and y down,
with `times` (m,) in ms, NaN where there are none; `stroke_lengths` says how many points each stroke has and
`strokes_per_drawing` how many strokes each lesson, 0 for what came as a picture.
"""

import math
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from backend.store.corrections import Lesson, Strokes
from backend.store.lesson_fields import SIDE, TEXTS, LessonFileError, texts_of, whole

# The arrays, and which kinds of numbers, or text, each may hold.
KINDS = {
    **dict.fromkeys(TEXTS, "U"),
    **dict.fromkeys(("teacher", "stroke_lengths", "strokes_per_drawing"), "iu"),
    **dict.fromkeys(("confidence", "points", "times"), "f"),
    "images": "u",
}


def write_packed(path: Path, lessons: Sequence[Lesson]) -> None:
    """Write `lessons` to the packed file at `path`, whole or not at all. Raises OSError."""
    drawn = [_with_times(lesson.kept.correction.strokes or []) for lesson in lessons]
    strokes = [stroke for drawing in drawn for stroke in drawing]
    points = np.concatenate([*strokes, np.zeros((0, 3))])  # (m, 3)
    levels = b"".join(lesson.kept.correction.pixels for lesson in lessons)
    texts = [texts_of(lesson) for lesson in lessons]
    columns = {name: np.array([each[name] for each in texts], str) for name in TEXTS}
    confidences = [lesson.kept.correction.confidence for lesson in lessons]
    with whole(path) as partial, partial.open("wb") as file:
        np.savez_compressed(
            file,
            images=np.frombuffer(levels, np.uint8).reshape(len(lessons), SIDE, SIDE),
            teacher=np.array([lesson.teacher for lesson in lessons], np.int64),
            confidence=np.array([math.nan if each is None else each for each in confidences], float),
            points=points[:, :2].astype(np.float32),
            times=points[:, 2],
            stroke_lengths=np.array([len(stroke) for stroke in strokes], np.int32),
            strokes_per_drawing=np.array([len(drawing) for drawing in drawn], np.int32),
            **columns,  # type: ignore[arg-type]
        )


def read_packed(path: Path) -> list[dict[str, Any]]:
    """Return the fields of the lessons in a packed file. Raises LessonFileError, OSError."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in KINDS if name in archive.files}
    except (ValueError, EOFError, zipfile.BadZipFile, AttributeError) as error:
        raise LessonFileError(f"{path} is no .npz file of lessons: {error}.") from None
    missing = set(KINDS) - set(arrays)
    if missing:
        raise LessonFileError(f"{path} lacks the arrays {', '.join(sorted(missing))}.")
    if not _fit_together(arrays):
        raise LessonFileError(f"{path}: its arrays don't fit together.")
    points = np.column_stack([arrays["points"], arrays["times"]]).astype(float)  # (m, 3)
    strokes = np.split(points, np.cumsum(arrays["stroke_lengths"])[:-1])
    per_drawing = arrays["strokes_per_drawing"]
    starts = np.cumsum(per_drawing) - per_drawing
    confidences = [None if math.isnan(each) else each for each in arrays["confidence"].tolist()]
    return [
        {
            **{name: str(arrays[name][index]) for name in TEXTS},
            "teacher": int(arrays["teacher"][index]),
            "confidence": confidences[index],
            "pixels": arrays["images"][index].tobytes(),
            "strokes": [_points(stroke) for stroke in strokes[start : start + count]] if count else None,
        }
        for index, (start, count) in enumerate(zip(starts, per_drawing, strict=True))
    ]


def _fit_together(arrays: dict[str, np.ndarray]) -> bool:
    if any(array.dtype.kind not in KINDS[name] for name, array in arrays.items()):
        return False
    images, points, lengths = arrays["images"], arrays["points"], arrays["stroke_lengths"]
    n = len(images) if images.ndim else -1
    per_drawing = arrays["strokes_per_drawing"]
    return (
        images.shape == (n, SIDE, SIDE)
        and images.dtype == np.uint8
        and all(
            arrays[name].shape == (n,) for name in (*TEXTS, "teacher", "confidence", "strokes_per_drawing")
        )
        and lengths.ndim == 1
        and bool((lengths > 0).all() and (per_drawing >= 0).all())
        and points.shape == (lengths.sum(), 2)
        and arrays["times"].shape == (len(points),)
        and per_drawing.sum() == len(lengths)
    )


def _with_times(strokes: Strokes) -> list[np.ndarray]:
    """Return strokes of (points, 3): x, y, and the time, NaN where there is none."""
    return [
        np.array([[*point, math.nan][:3] for point in stroke], float).reshape(-1, 3) for stroke in strokes
    ]


def _points(stroke: np.ndarray) -> list[list[float]]:
    return [point[:2] if math.isnan(point[2]) else point for point in stroke.tolist()]
