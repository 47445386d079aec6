"""Many pictures are read to a row each, whatever they lie in and whatever becomes of the run."""

import csv
import io
import json
import os
import tarfile

import psutil
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from backend.cluster import processes
from backend.cluster.__main__ import main
from backend.cluster.results import Results
from backend.cluster.rows import Reader, Task
from backend.cluster.sources import (
    LARGEST_PART,
    SMALLEST_PART,
    Picture,
    divided,
    list_pictures,
)
from backend.reading.classifier import GraphClassifier
from backend.reading.numbers import read_picture
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, number, picture

HERE = ["--no-ray", "--processes", "1"]
DRAWN = {f"{digit}.png": picture(grey_of(digit)) for digit in (1, 4, 7)}


def read(source, out, *options):
    """Read by the command, in this process; return the rows of the Parquet file by picture."""
    assert main(["read", str(source), "--out", str(out), *HERE, *options]) == 0
    rows = parquet.read_table(out / "results.parquet").to_pylist()
    assert len({row["picture"] for row in rows}) == len(rows)
    return {row["picture"]: row for row in rows}


def texts(rows):
    return {name: row["text"] for name, row in rows.items()}


def in_folder(folder, files=DRAWN):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def in_tar(path, mode="w"):
    with tarfile.open(path, mode) as tar:
        for name, content in DRAWN.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def in_parquet(path, values):
    parquet.write_table(
        pa.table({"label": list(range(len(values))), "image": values}), path, row_group_size=2
    )
    return path


def test_every_file_of_a_folder_becomes_a_row(tmp_path):
    source = in_folder(tmp_path / "pictures")
    in_folder(
        source / "more", {"blank.png": picture(grey_of(1) * 0 + 255), "7.jpg": picture(grey_of(7), "JPEG")}
    )
    (source / "no picture.png").write_bytes(b"nothing")
    (source / ".hidden.png").write_bytes(b"nothing")
    (source / "broken.tar").write_bytes(b"nothing")
    with open(os.fsencode(source) + b"/\xff.png", "wb") as file:
        file.write(DRAWN["4.png"])
    rows = read(source, tmp_path / "out")
    found = {"1.png": "1", "4.png": "4", "7.png": "7", "more/7.jpg": "7", r"\udcff.png": "4"}
    none = dict.fromkeys(["more/blank.png", "no picture.png", "broken.tar"], "")
    assert texts(rows) == found | none
    assert rows["more/blank.png"]["reason_code"] == "nothing_found"
    assert rows["more/blank.png"]["error"] is None
    assert rows["no picture.png"]["error"].startswith("image must be a PNG")
    assert rows["broken.tar"]["error"]
    (character,) = rows["1.png"]["characters"]
    assert (character["character"], character["line"]) == ("1", 0)
    left, top, width, height = character["box"]  # of 200 px; the stroke runs from 0.1 to 0.9, 14 px wide
    assert abs(left + width / 2 - 100) < 4
    assert abs(top - 13) < 4
    assert abs(height - 174) < 8


def test_the_sheet_holds_what_the_table_holds_and_no_formula(tmp_path):
    source = in_folder(
        tmp_path / "pictures", {"=1+1.png": DRAWN["7.png"], "n.png": picture(number("10", "25"))}
    )
    rows = read(source, tmp_path / "out", "--numbers")
    with (tmp_path / "out" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        sheet = {row["picture"]: row for row in csv.DictReader(file)}
    assert sheet.keys() == {"'=1+1.png", "n.png"}
    assert sheet["n.png"]["text"] == rows["n.png"]["text"] == "10\n25"
    assert json.loads(sheet["n.png"]["characters"]) == rows["n.png"]["characters"]
    assert float(sheet["n.png"]["confidence"]) == rows["n.png"]["confidence"]


def test_numbers_are_what_reading_one_picture_says(tmp_path, served):
    content = picture(number("104", "7"))
    source = in_folder(tmp_path / "pictures", {"n.png": content})
    answer, _ = read_picture(content, ReadingSettings.max_picture_memory, GraphClassifier(served))
    row = read(source, tmp_path / "out", "--numbers")["n.png"]
    assert (row["text"], row["confidence"]) == ("104\n7", answer["confidence"])
    for character, one in zip(row["characters"], answer["characters"], strict=True):
        assert character == {name: one[name] for name in character}


def test_letters_are_read_by_their_model(tmp_path):
    row = read(in_folder(tmp_path / "pictures"), tmp_path / "out", "--alphabet", "letters")["7.png"]
    assert row["text"].isalpha() or row["reason_code"]


@pytest.mark.parametrize("kind", ["list", "tar", "tar.gz", "memory", "tar in a folder"])
def test_a_source_is_whatever_holds_pictures(tmp_path, kind):
    if kind == "list":
        in_folder(tmp_path / "pictures")
        source = tmp_path / "list.txt"
        source.write_text(
            "# mine\n\npictures/1.png\n" + str(tmp_path / "pictures/4.png") + "\npictures/gone.png\n"
        )
        expected = {"pictures/1.png": "1", str(tmp_path / "pictures/4.png"): "4", "pictures/gone.png": ""}
    elif kind == "memory":
        import fsspec

        system = fsspec.filesystem("memory")
        for name, content in DRAWN.items():
            system.pipe(f"/scans/{name}", content)
        source, expected = "memory://scans", {name: name[0] for name in DRAWN}
    elif kind == "tar in a folder":
        in_tar(in_folder(tmp_path / "pictures", {}) / "a.tar")
        source, expected = tmp_path / "pictures", {f"a.tar/{name}": name[0] for name in DRAWN}
    else:
        source = in_tar(tmp_path / f"pictures.{kind}", "w:gz" if kind == "tar.gz" else "w")
        expected = {name: name[0] for name in DRAWN}
    rows = read(source, tmp_path / "out")
    assert texts(rows) == expected
    if kind == "list":
        assert rows["pictures/gone.png"]["error"] == "No such file or directory."


@pytest.mark.parametrize("wrapped", [False, True])
def test_rows_of_a_parquet_file_are_pictures(tmp_path, wrapped):
    contents = [*DRAWN.values(), None, DRAWN["4.png"]]
    values = (
        [content and {"bytes": content, "path": "x.png"} for content in contents] if wrapped else contents
    )
    rows = read(in_parquet(tmp_path / "pictures.parquet", values), tmp_path / "out")
    assert texts(rows) == {"0": "1", "1": "4", "2": "7", "3": "", "4": "4"}
    assert rows["3"]["error"] == "image must hold a picture, its row holds none."


def test_a_part_of_a_parquet_file_is_read_alone(tmp_path, served):
    source = in_parquet(tmp_path / "pictures.parquet", [*DRAWN.values(), *DRAWN.values()])
    pictures = list_pictures(str(source), tmp_path)
    rows = Reader(Task(served)).read(pictures[3:5]).to_pylist()
    assert [(row["picture"], row["text"]) for row in rows] == [("3", "1"), ("4", "4")]


def test_a_second_run_goes_on_where_the_first_was_stopped(tmp_path, monkeypatch, capsys):
    source = in_folder(tmp_path / "pictures", {f"{index:02}.png": DRAWN["4.png"] for index in range(20)})
    keep, read_part, kept, asked = Results.keep, Reader.read, [], []

    def stopped(self, index, rows):
        keep(self, index, rows)
        kept.append(index)
        raise KeyboardInterrupt

    def watched(self, pictures):
        asked.extend(picture.name for picture in pictures)
        return read_part(self, pictures)

    monkeypatch.setattr(Results, "keep", stopped)
    assert main(["read", str(source), "--out", str(tmp_path / "out"), *HERE]) == 130
    assert "the same command goes on" in capsys.readouterr().err
    assert kept == [0]
    assert not (tmp_path / "out" / "results.csv").exists()
    monkeypatch.setattr(Results, "keep", keep)
    monkeypatch.setattr(Reader, "read", watched)
    rows = read(source, tmp_path / "out")
    assert len(rows) == 20
    assert asked == [f"{index:02}.png" for index in range(8, 20)]  # a part is 8
    assert list(rows) == sorted(rows)
    in_folder(source, {"new.png": DRAWN["7.png"]})
    assert len(read(source, tmp_path / "out")) == 21
    assert asked[12:] == ["new.png"]


@pytest.mark.slow
def test_a_lost_process_loses_no_picture(tmp_path, served):
    source = in_folder(tmp_path / "pictures", {f"{index:02}.png": DRAWN["7.png"] for index in range(12)})
    pictures = list_pictures(str(source), tmp_path)
    rows = []
    for table in processes.read_by_processes([pictures[at : at + 1] for at in range(12)], Task(served), 2):
        if not rows:
            victim = next(
                child for child in psutil.Process().children() if "spawn_main" in str(child.cmdline())
            )
            victim.kill()
        rows += table.to_pylist()
    assert sorted(row["picture"] for row in rows) == [picture.name for picture in pictures]
    assert {row["text"] for row in rows} == {"7"}


def test_processes_that_are_always_lost_end_the_run_with_a_sentence(tmp_path, served, monkeypatch):
    monkeypatch.setattr(processes, "MOST_BREAKS", 0)
    with pytest.raises(processes.LostProcessesError, match="too little memory"):
        list(processes.read_by_processes([[], []], Task(served), 2))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "gone", "No such file or directory"),
        (lambda folder: in_folder(folder / "empty", {}), "holds no pictures"),
        (lambda folder: in_folder(folder / "x", {"x.tar": b"no"}) / "x.tar", "can't be read"),
        (lambda folder: in_folder(folder / "x", {"x.parquet": b"no"}) / "x.parquet", "no Parquet file"),
        (lambda folder: in_parquet(folder / "x.parquet", ["a", "b"]), "no column of pictures"),
        (lambda _: "nonsense://x", "can't be opened"),
        (lambda folder: folder, "--out must not lie in SOURCE"),
    ],
)
def test_a_source_that_is_none_is_refused_with_a_sentence(tmp_path, make, said, capsys):
    assert main(["read", str(make(tmp_path)), "--out", str(tmp_path / "out"), *HERE]) == 1
    assert said in capsys.readouterr().err


def test_a_folder_of_other_results_is_left_alone(tmp_path, capsys):
    source = in_folder(tmp_path / "pictures")
    read(source, tmp_path / "out")
    before = (tmp_path / "out" / "results.csv").read_bytes()
    assert main(["read", str(source), "--out", str(tmp_path / "out"), "--numbers", *HERE]) == 1
    assert "another question (numbers False)" in capsys.readouterr().err
    assert (tmp_path / "out" / "results.csv").read_bytes() == before
    assert main(["read", str(source), "--out", str(source / ".."), *HERE]) == 1
    assert "holds something else" in capsys.readouterr().err


def test_two_runs_never_write_to_one_folder(tmp_path, capsys):
    source = in_folder(tmp_path / "pictures")
    read(source, tmp_path / "out")
    asked = json.loads((tmp_path / "out" / "run.json").read_text())
    first = Results(tmp_path / "out", asked)
    assert main(["read", str(source), "--out", str(tmp_path / "out"), *HERE]) == 1
    assert "Another run writes" in capsys.readouterr().err
    first.close()
    assert main(["read", str(source), "--out", str(tmp_path / "out"), *HERE]) == 0


@given(st.integers(0, 3000), st.integers(1, 64))
def test_parts_hold_every_picture_once_and_leave_no_core_long_without_work(count, cores):
    pictures = [Picture(str(index), "") for index in range(count)]
    parts = divided(pictures, cores)
    assert [picture for part in parts for picture in part] == pictures
    assert all(len(part) <= LARGEST_PART for part in parts)
    assert all(len(part) >= SMALLEST_PART for part in parts[:-1])
    sizes = [len(part) for part in parts]
    assert sizes == sorted(sizes, reverse=True)
    for at, size in enumerate(sizes):
        assert size <= max(SMALLEST_PART, sum(sizes[at:]) / (2 * cores))
