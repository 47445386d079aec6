"""Packed strokes: many drawings in one `.npz`, without Python objects.

`points` (n, 2) int16 holds x to the right and y down, each drawing scaled so that its longer side runs
over 0..1000; `stroke_points` says how many points each stroke has, `drawing_strokes` how many strokes each
drawing has, in order; `labels` (text), `writers` and, where known, `collections` (numbers) are one a drawing.
"""

import hashlib
from pathlib import Path

import numpy as np

from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing

PACKED_SIDE = 1000  # units, a drawing's longer side
ARRAYS = ("points", "stroke_points", "drawing_strokes", "labels", "writers")


def read_packed(path: Path) -> list[Drawing]:
    """Return the drawings packed in `path`, their strokes in units of the longer side (0..1, y down).

    Raises DataUnavailableError if there is no such file, DamagedDataError if its arrays don't fit together.
    """
    if not path.is_file():
        raise DataUnavailableError(f"{path} is not a file: expected packed strokes (.npz)")
    try:
        with np.load(path) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise DamagedDataError(f"{path} can't be read as an .npz of packed strokes ({error})") from error
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise DamagedDataError(f"{path} must hold the arrays {', '.join(ARRAYS)}; missing: {missing}")
    points, stroke_points, drawing_strokes = (arrays[name] for name in ARRAYS[:3])
    n = len(drawing_strokes)
    collections = arrays.get("collections", np.full(n, -1))
    if (
        stroke_points.sum() != len(points)
        or drawing_strokes.sum() != len(stroke_points)
        or any(len(each) != n for each in (arrays["labels"], arrays["writers"], collections))
    ):
        raise DamagedDataError(f"{path}: the arrays of packed strokes don't fit together")
    strokes = np.split(points / PACKED_SIDE, np.cumsum(stroke_points)[:-1])
    ends = np.cumsum(drawing_strokes)
    return [
        Drawing(tuple(strokes[end - count : end]), str(label), int(writer), int(collection))
        for count, end, label, writer, collection in zip(
            drawing_strokes, ends, arrays["labels"], arrays["writers"], collections, strict=True
        )
    ]


def write_packed(path: Path, drawings: list[Drawing]) -> None:
    """Pack `drawings` into `path`, each scaled to its longer side; never a half-written file.

    Raises ValueError if a drawing has no points.
    """
    packed, stroke_points = [], []
    for drawing in drawings:
        points = np.concatenate(drawing.strokes)
        low = points.min(axis=0)
        side = max(float((points.max(axis=0) - low).max()), 1e-9)
        for stroke in drawing.strokes:
            packed.append(np.round((stroke - low) / side * PACKED_SIDE).astype(np.int16))
            stroke_points.append(len(stroke))
    partial = path.with_name(f"partial-{path.name}")
    np.savez_compressed(
        partial,
        points=np.concatenate(packed) if packed else np.zeros((0, 2), np.int16),
        stroke_points=np.array(stroke_points, np.int32),
        drawing_strokes=np.array([len(d.strokes) for d in drawings], np.int16),
        labels=np.array([d.label for d in drawings]),
        writers=np.array([d.writer for d in drawings], np.int16),
        collections=np.array([d.collection for d in drawings], np.int16),
    )
    partial.replace(path)


def key_of(drawing: Drawing) -> str:
    """A name for a drawing that doesn't depend on its place in a file: a hash of its points and label."""
    points = np.concatenate(drawing.strokes)
    low = points.min(axis=0)
    side = max(float(np.ptp(points, axis=0).max()), 1e-9)
    packed = np.round((points - low) / side * PACKED_SIDE).astype("<i2").tobytes()
    return hashlib.sha256(packed + drawing.label.encode()).hexdigest()[:16]
