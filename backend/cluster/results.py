"""What was read, kept in a folder: a part at a time while it is read, and at the end as two files.

`parts/` holds what was read so far, `run.json` what was asked; when all is read, `results.parquet` and
`results.csv` hold the rows of all parts. A run that was stopped goes on with what is in no part.
"""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from pyarrow import parquet

from backend.cluster.rows import SCHEMA, as_texts

MANIFEST, PARTS = "run.json", "parts"
TABLE, SHEET = "results.parquet", "results.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # a spreadsheet would run a text that begins so
PICTURES_A_GROUP = 10_000  # of the Parquet file's rows; as much of it is in memory when it is read


class ResultsError(Exception):
    """A folder that results can't be kept in; the message is a sentence that says what to do."""


class Results:
    """The results of one question in one folder."""

    def __init__(self, folder: Path, asked: dict[str, Any]):
        """Open `folder`, or make it. Raises ResultsError if it holds something else, or is in use."""
        self.folder, self._parts = folder, folder / PARTS
        manifest = folder / MANIFEST
        try:
            if not manifest.exists():
                if folder.is_dir() and any(folder.iterdir()):
                    raise ResultsError(f"{folder} holds something else: choose a new folder with --out.")
                self._parts.mkdir(parents=True, exist_ok=True)
                _replace(manifest, lambda path: path.write_text(json.dumps(asked, indent=1) + "\n", "utf-8"))
            held = json.loads(manifest.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ResultsError(f"{folder} can't hold the results: {error}.") from None
        other = {name for name in asked.keys() | held.keys() if asked.get(name) != held.get(name)}
        if other:
            told = ", ".join(f"{name} {held.get(name)!r}" for name in sorted(other))
            raise ResultsError(f"{folder} holds results of another question ({told}): choose another folder.")
        self._lock = _locked(manifest)
        self._run = len({name.partition("-")[0] for name in self._names()})

    def close(self) -> None:
        """Let others write to the folder."""
        self._lock.close()

    def done(self) -> set[str]:
        """The names of the pictures that are read."""
        return {
            name
            for path in self._paths()
            for name in parquet.read_table(path, columns=["picture"]).column(0).to_pylist()
        }

    def keep(self, index: int, rows: pa.Table) -> None:
        """Keep the rows of the part `index` of this run, whole or not at all; it is on the disk then."""
        path = self._parts / f"{self._run:03}-{index:08}.parquet"
        _replace(path, lambda partial: parquet.write_table(rows, partial))

    def rows(self) -> Iterator[pa.Table]:
        """Yield what is kept, a part at a time, in the order in which the pictures were listed."""
        for path in self._paths():
            yield parquet.read_table(path, schema=SCHEMA)

    def finish(self) -> Counter[str]:
        """Write the two files of all rows; return how many there are: "read", "not read", "failed"."""
        counts: Counter[str] = Counter()

        def write_table(path: Path) -> None:
            with parquet.ParquetWriter(path, SCHEMA) as writer:
                for group in _grouped(self.rows(), PICTURES_A_GROUP):
                    writer.write_table(group)

        def write_sheet(path: Path) -> None:
            # With a byte order mark, by which spreadsheets know that it is UTF-8.
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(SCHEMA.names)
                for table in self.rows():
                    for row in table.to_pylist():
                        texts = as_texts(row)
                        writer.writerow([_harmless(texts[name]) for name in SCHEMA.names])
                        counts["failed" if row["error"] else "read" if row["text"] else "not read"] += 1

        _replace(self.folder / TABLE, write_table)
        _replace(self.folder / SHEET, write_sheet)
        return counts

    def _names(self) -> list[str]:
        return sorted(name for name in os.listdir(self._parts) if name.endswith(".parquet"))

    def _paths(self) -> list[Path]:
        return [self._parts / name for name in self._names()]


def _locked(path: Path) -> IO[str]:
    """Open the file at `path` and hold a lock on it until it is closed, or this process ends."""
    file = path.open(encoding="utf-8")
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # Windows has no such locks
        pass
    except OSError:
        file.close()
        raise ResultsError(f"Another run writes to {path.parent}: wait for it, or stop it.") from None
    return file


def _grouped(tables: Iterable[pa.Table], least: int) -> Iterator[pa.Table]:
    """Yield `tables` joined to such as have at least `least` rows, the last one apart."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(map(len, held)) >= least:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _replace(path: Path, write: Any) -> None:
    """Let `write` make a file, and put it at `path` when it is whole and on the disk."""
    partial = path.with_name(f"{path.name}.partial")
    write(partial)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(partial, path)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
