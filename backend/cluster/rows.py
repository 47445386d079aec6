"""A picture is read to a row of the results: the one definition that every engine uses."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from backend.cluster.sources import Picture, contents
from backend.reading.classifier import Classifier, GraphClassifier
from backend.reading.errors import PictureError
from backend.reading.free_blocks import keep_little_memory
from backend.reading.model_files import ServedModel
from backend.reading.numbers import read_picture
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import ReadingSettings

CHARACTER = pa.struct(
    [
        ("character", pa.string()),
        ("confidence", pa.float64()),
        ("box", pa.list_(pa.int32())),  # left, top, width, height in px of the upright picture
        ("line", pa.int32()),  # from the top, 0 first
    ]
)
SCHEMA = pa.schema(
    [
        ("picture", pa.string()),
        ("text", pa.string()),  # a line break between lines; empty where nothing is recognised
        ("confidence", pa.float64()),  # that all of the text is right; null where there is none
        ("characters", pa.list_(CHARACTER)),
        ("reason", pa.string()),  # why nothing is recognised, where nothing is
        ("reason_code", pa.string()),
        ("error", pa.string()),  # why the picture could not be read, where it couldn't
    ]
)


@dataclass(frozen=True)
class Task:
    """What is asked of every picture; small enough to be sent to whoever reads."""

    model: ServedModel
    numbers: bool = False  # whole numbers, not one character a picture
    max_file_bytes: int = ReadingSettings.max_file_bytes
    max_picture_memory: int = ReadingSettings.max_picture_memory


class Reader:
    """Reads pictures one after the other, with a classifier of its own, on one core."""

    def __init__(self, task: Task, classifier: Classifier | None = None):
        """Load the classifier of `task`, unless there is one."""
        from backend.reading.threads import compute_on_one_thread

        compute_on_one_thread()  # there is a reader a core
        keep_little_memory()
        self._task = task
        self._classifier = classifier or GraphClassifier(task.model)

    def read(self, pictures: Iterable[Picture]) -> pa.Table:
        """Return a row for each of `pictures`, see SCHEMA, in order; what can't be read says why."""
        most = self._task.max_file_bytes
        rows = [self._row(picture, content) for picture, content in contents(pictures, most)]
        return pa.Table.from_pylist(rows, SCHEMA)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Do the same for pictures in a table, as `as_table` makes it."""
        return self.read(
            Picture(**{**row, "address": os.fsdecode(row["address"])}) for row in batch.to_pylist()
        )

    def _row(self, picture: Picture, content: bytes | Exception) -> dict[str, Any]:
        row: dict[str, Any] = {"picture": picture.name, "text": "", "characters": []}
        try:
            if isinstance(content, Exception):
                raise content
            return row | (self._numbers if self._task.numbers else self._character)(content)
        except PictureError as error:
            return row | {"error": str(error)}
        except OSError as error:
            return row | {"error": f"{error.strerror or str(error) or type(error).__name__}."}
        except Exception as error:  # one picture of a hundred thousand ends no run
            return row | {"error": f"{type(error).__name__}: {error}"}

    def _character(self, content: bytes) -> dict[str, Any]:
        found, _, ink = predict_picture(content, self._task.max_picture_memory, self._classifier)
        if found["character"] is None:
            return {"reason": found["reason"], "reason_code": found["reason_code"]}
        character = {
            "character": found["character"],
            "confidence": found["confidence"],
            "box": ink.box,
            "line": 0,
        }
        return {
            "text": found["character"],
            "confidence": found["confidence"],
            "characters": [character],
        }

    def _numbers(self, content: bytes) -> dict[str, Any]:
        answer, _ = read_picture(content, self._task.max_picture_memory, self._classifier)
        if "reason" in answer:
            return {"reason": answer["reason"], "reason_code": answer["reason_code"]}
        characters = [{field.name: each[field.name] for field in CHARACTER} for each in answer["characters"]]
        return {"text": answer["text"], "confidence": answer["confidence"], "characters": characters}


def as_table(pictures: Sequence[Picture]) -> pa.Table:
    """Return `pictures` as a table that `Reader` takes."""
    # A path on this machine may be no text.
    return pa.Table.from_pylist(
        [{**vars(picture), "address": os.fsencode(picture.address)} for picture in pictures]
    )


def as_texts(row: dict[str, Any]) -> dict[str, str]:
    """Return a row as the texts of a CSV file, `characters` as JSON."""
    texts = {name: "" if value is None else str(value) for name, value in row.items()}
    texts["characters"] = json.dumps(row["characters"], separators=(",", ":"))
    return texts
