"""Lessons come back from files as they went in, and a file that holds none is refused with a sentence."""

import csv
import json
from datetime import UTC, datetime

import numpy as np
import pytest

from backend.store.corrections import Kept, Lesson
from backend.store.csv_files import COLUMNS, write_table
from backend.store.lesson_fields import LessonFileError
from backend.store.lesson_files import read_lessons
from backend.store.packed_files import write_packed
from backend.tests.store.lessons import STROKES, correction

NOW = datetime(2026, 11, 25, 16, 20, 0, 123456, UTC)
WRITERS = {".npz": write_packed, ".csv": write_table}


def lessons():
    """Lessons of every kind: with and without strokes, null in every place, texts that are formulas."""
    return [
        Lesson(teacher, Kept(each, NOW))
        for teacher, each in enumerate(
            [
                correction(),
                correction(strokes=None, meant=None, read=None, confidence=None),
                correction(alphabet="letters", meant="Q", read="O", kind="challenge", strokes=[[[0.5, 1.0]]]),
                *[correction(collection=name) for name in ("=1+1", "'=1+1", "'", "a,b", 'a"b', "数 №7")],
            ],
            start=1,
        )
    ]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("sent", [lessons(), []], ids=["some", "none"])
def test_lessons_come_back_as_they_went(tmp_path, ending, sent):
    path = tmp_path / f"corrections{ending}"
    WRITERS[ending](path, sent)
    assert read_lessons(path) == sent
    assert list(tmp_path.iterdir()) == [path]


def test_a_packed_file_is_read_by_numpy_alone(tmp_path):
    write_packed(tmp_path / "corrections.npz", lessons()[:3])
    with np.load(tmp_path / "corrections.npz", allow_pickle=False) as archive:
        arrays = dict(archive)
    assert arrays["images"].shape == (3, 28, 28)
    assert arrays["images"].dtype == np.uint8
    assert arrays["images"][0].ravel()[:4].tolist() == [0, 127, 255, 7]
    assert arrays["meant"].tolist() == ["9", "", "Q"]
    assert arrays["teacher"].tolist() == [1, 2, 3]
    assert arrays["strokes_per_drawing"].tolist() == [2, 0, 1]
    assert arrays["stroke_lengths"].tolist() == [2, 1, 1]
    assert arrays["points"].dtype == np.float32
    assert arrays["points"].tolist() == [point[:2] for stroke in STROKES for point in stroke] + [[0.5, 1.0]]


def test_no_spreadsheet_runs_a_text_of_the_table(tmp_path):
    write_table(tmp_path / "corrections.csv", lessons())
    with (tmp_path / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        fields = [field for row in csv.reader(file) for field in row]
    assert "'=1+1" in fields
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "\t", "\r"))]


def table(**changed):
    """The text of a table with one lesson, changed as asked."""
    good = {
        "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "created": "2026-11-25T16:20:00Z",
        "collection": "default",
        "alphabet": "digits",
        "meant": "9",
        "read": "4",
        "model": "1",
        "kind": "correction",
        "teacher": "1",
        "confidence": "0.5",
        "strokes": "[[[1, 2]]]",
        "pixels": " ".join(["0"] * 784),
    }
    fields = good | changed
    return ",".join(COLUMNS) + "\n" + ",".join(json.dumps(fields[name]) for name in COLUMNS) + "\n"


def test_the_good_table_is_good(tmp_path):
    path = tmp_path / "lessons.csv"
    path.write_text(table())
    assert read_lessons(path)[0].kept.correction.meant == "9"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "7"),
        ("created", "yesterday"),
        ("created", "2026-11-25T16:20:00"),
        ("collection", ""),
        ("collection", " default"),
        ("collection", "x" * 65),
        ("alphabet", "runes"),
        ("meant", "Q"),
        ("meant", "12"),
        ("read", "x"),
        ("model", ""),
        ("kind", "guess"),
        ("teacher", "0"),
        ("teacher", "Ann"),
        ("confidence", "1.5"),
        ("confidence", "nan"),
        ("strokes", "[[[1]]]"),
        ("strokes", "[[]]"),
        ("strokes", "[[[true, 1]]]"),
        ("strokes", "[[[1, NaN]]]"),
        ("strokes", "{"),
        ("strokes", "[" * 100_000),
        ("pixels", "0"),
        ("pixels", "256 " * 784),
        ("pixels", "0.5 " * 784),
    ],
)
def test_a_table_with_something_wrong_is_refused_by_its_lesson(tmp_path, field, value):
    path = tmp_path / "lessons.csv"
    path.write_text(table(**{field: value}))
    with pytest.raises(LessonFileError, match=r"lessons.csv, lesson 1: .+\.$"):
        read_lessons(path)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe", b'id,"created\n', b"PK\x03\x04"])
def test_a_table_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "lessons.csv"
    path.write_bytes(content)
    with pytest.raises(LessonFileError):
        read_lessons(path)


def test_an_id_twice_is_refused(tmp_path):
    path = tmp_path / "lessons.csv"
    path.write_text(table() + table().split("\n")[1] + "\n")
    with pytest.raises(LessonFileError, match="same id"):
        read_lessons(path)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("images", np.zeros((2, 28, 28), np.uint8)),
        ("images", np.zeros((3, 28, 28))),
        ("meant", np.array(["9", "9"])),
        ("meant", np.array([9, 9, 9])),
        ("teacher", np.array([1.0, 2.0, 3.0])),
        ("points", np.zeros((3, 2), np.float32)),
        ("points", np.full((4, 2), np.nan, np.float32)),
        ("times", np.zeros(1)),
        ("stroke_lengths", np.array([1, 1, 2, 0])),
        ("stroke_lengths", np.array([-1, 5])),
        ("stroke_lengths", np.array(["2", "1", "1"])),
        ("strokes_per_drawing", np.array([3, 1, 1])),
        ("strokes_per_drawing", np.array([4, -1, 0])),
        ("confidence", np.array(["0.5"] * 3)),
        ("id", np.array("x")),
        ("id", np.array([None, None, None])),
        ("meant", None),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(tmp_path, name, array):
    path = tmp_path / "corrections.npz"
    write_packed(path, lessons()[:3])
    with np.load(path) as archive:
        arrays = dict(archive)
    arrays[name] = array
    np.savez(path, **{key: value for key, value in arrays.items() if value is not None})
    with pytest.raises(LessonFileError):
        read_lessons(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"\x93NUMPY\x01\0", b"words"])
def test_a_packed_file_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "corrections.npz"
    path.write_bytes(content)
    with pytest.raises(LessonFileError):
        read_lessons(path)


def test_a_file_that_could_not_be_written_whole_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "corrections.npz"
    path.write_bytes(b"the old one")

    def fail(file, **_):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError, match="No space left"):
        write_packed(path, lessons())
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]
