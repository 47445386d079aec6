"""Drawings that are neither digit nor Latin letter: Omniglot's characters and Quick, Draw!'s doodles.

Both are optional and found by an environment variable. Omniglot: Lake, Salakhutdinov and Tenenbaum (2015),
MIT licence; Quick, Draw!: Ha and Eck (2017), CC BY 4.0.
"""

import os
from pathlib import Path

import numpy as np

from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing
from model_training.framing import SIDE
from model_training.packed_strokes import read_packed


def load_omniglot() -> list[Drawing] | None:
    """Return the drawings packed in the file that OMNIGLOT_PATH names; None where it isn't set.

    Labels are "Alphabet/characterNN". Raises DataUnavailableError if there is no such file,
    DamagedDataError if it isn't packed strokes.
    """
    path = os.environ.get("OMNIGLOT_PATH")
    return read_packed(Path(path)) if path else None


def load_quickdraw() -> dict[str, np.ndarray] | None:
    """Return the doodles by name, (n, 28, 28) uint8 each, ink 255, of QUICKDRAW_PATH's `.npz`; None if unset.

    Raises DataUnavailableError if there is no such file, DamagedDataError if it holds something else.
    """
    path = os.environ.get("QUICKDRAW_PATH")
    if not path:
        return None
    if not Path(path).is_file():
        raise DataUnavailableError(
            f"QUICKDRAW_PATH names {path}, which is not a file: unset it, or correct it"
        )
    try:
        with np.load(path) as archive:
            doodles = {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise DamagedDataError(f"{path} can't be read as an .npz of doodles ({error})") from error
    for name, images in doodles.items():
        if images.dtype != np.uint8 or images.shape[1:] != (SIDE, SIDE):
            raise DamagedDataError(
                f"{path}: {name} must be uint8 (n, {SIDE}, {SIDE}), got {images.dtype} {images.shape}"
            )
    return doodles
