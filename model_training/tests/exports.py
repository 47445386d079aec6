"""Exports of lessons, as the store writes them, for tests."""

from pathlib import Path

import numpy as np

from model_training.datasets import Drawing
from model_training.stroke_augmentation import to_unit_box, vary
from model_training.strokes import frame_strokes


def write_export(path: Path, drawings: list[Drawing], alphabet: str = "digits", **arrays) -> Path:
    """Write `drawings`, what they were meant to be being their labels, to `path`; `arrays` replace others."""
    n = len(drawings)
    strokes = [s for d in drawings for s in d.strokes]
    np.savez_compressed(
        path,
        **{
            "images": np.array([frame_strokes(d.strokes) for d in drawings], np.uint8).reshape(-1, 28, 28),
            "meant": np.array([d.label for d in drawings], str),
            "read": np.array(["3"] * n, str),
            "alphabet": np.array([alphabet] * n, str),
            "teacher": np.array([d.writer for d in drawings], int),
            "collection": np.array(["default"] * n, str),
            "created": np.array(["2026-01-01T00:00:00Z"] * n, str),
            "kind": np.array(["correction"] * n, str),
            "id": np.array([f"id-{i}" for i in range(n)], str),
            "points": np.concatenate([*strokes, np.zeros((0, 2))]).astype(np.float32),
            "stroke_lengths": np.array([len(s) for s in strokes], int),
            "strokes_per_drawing": np.array([len(d.strokes) for d in drawings], int),
            **arrays,
        },
    )
    return path


def by_hand(glyph, label: str, n: int, seed: int, writer: int = 1) -> list[Drawing]:
    """Draw `glyph`, strokes (N, 2) each, `n` times in somewhat different hands, meant to be `label`."""
    rng = np.random.default_rng(seed)
    return [Drawing(tuple(vary(to_unit_box(glyph), rng)), label, writer) for _ in range(n)]
