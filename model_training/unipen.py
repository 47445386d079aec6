"""UNIPEN's characters, train_r01_v07 (Guyon et al., 1994, doi 10.1109/ICPR.1994.576870; CC BY 4.0).

Optional: they are read where the environment variable UNIPEN_PATH names a folder that holds them, either as
packed strokes (`unipen-digits.npz`, `unipen-letters.npz`, `unipen-symbols.npz`, `unipen-numbers.npz`) or as
UNIPEN's own archive, `train_r01_v07` of Zenodo's record 1195803, unpacked: it is parsed once and kept packed.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from model_training.datasets import DataUnavailableError, Drawing, cache_folder
from model_training.packed_strokes import read_packed, write_packed
from model_training.unipen_archive import is_archive, read_archive
from model_training.unipen_people import KINDS

FORM = 1  # raise it where the parser reads the same archive differently: what was kept is parsed anew


def load_unipen(kind: str) -> list[Drawing] | None:
    """Return UNIPEN's drawings of one of `KINDS`; None where UNIPEN_PATH isn't set.

    Raises DataUnavailableError if the folder holds neither form, DamagedDataError if it can't be understood.
    """
    folder = os.environ.get("UNIPEN_PATH")
    if not folder:
        return None
    path = Path(folder) / f"unipen-{kind}.npz"
    if path.is_file():
        return read_packed(path)
    if is_archive(Path(folder)):
        return read_packed(_packed_archive(Path(folder)) / path.name)
    raise DataUnavailableError(
        f"UNIPEN_PATH names {folder}, which has neither {path.name} nor the folders data and include of "
        "train_r01_v07: unset it, or name the folder that has them"
    )


def _packed_archive(folder: Path) -> Path:
    """Return the folder in which an archive is kept packed, after parsing it if it isn't there yet."""
    kept = cache_folder() / f"unipen-{_key_of(folder)}"
    if not kept.is_dir():
        drawings = read_archive(folder)
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=kept.parent))
        for kind in KINDS:
            write_packed(partial / f"unipen-{kind}.npz", drawings[kind])
        try:
            partial.rename(kept)  # never half of it
        except OSError:
            shutil.rmtree(partial)
            if not kept.is_dir():  # else another process was faster
                raise
    return kept


def _key_of(folder: Path) -> str:
    """A name for an archive as it is now: its place, and its files' names, sizes and times."""
    digest = hashlib.sha256(f"{FORM} {folder.resolve()}".encode())
    for part in ("data", "include"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                status = path.stat()
                digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]
