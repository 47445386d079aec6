"""UNIPEN's characters, train_r01_v07 (Guyon et al., 1994, doi 10.1109/ICPR.1994.576870; CC BY 4.0).

Optional: they are read where the environment variable UNIPEN_PATH names a folder that holds them as packed
strokes, `unipen-digits.npz`, `unipen-letters.npz`, `unipen-symbols.npz` and `unipen-numbers.npz`.
"""

import os
from pathlib import Path

from model_training.datasets import DataUnavailableError, Drawing
from model_training.packed_strokes import read_packed

KINDS = ("digits", "letters", "symbols", "numbers")


def load_unipen(kind: str) -> list[Drawing] | None:
    """Return UNIPEN's drawings of one of `KINDS`; None where UNIPEN_PATH isn't set.

    Raises DataUnavailableError if the folder lacks the file, DamagedDataError if it isn't packed strokes.
    """
    folder = os.environ.get("UNIPEN_PATH")
    if not folder:
        return None
    path = Path(folder) / f"unipen-{kind}.npz"
    if not path.is_file():
        raise DataUnavailableError(
            f"UNIPEN_PATH names {folder}, which has no {path.name}: unset it, or name the folder that has it"
        )
    return read_packed(path)
