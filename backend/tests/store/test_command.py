"""`python -m backend.store` takes lessons out and in, copies the database, and makes room."""

import subprocess
import sys

import numpy as np
import psycopg
import pytest
from sqlalchemy import make_url, text

from backend.reading.settings import REPOSITORY
from backend.store.__main__ import main
from backend.store.lesson_files import read_lessons
from backend.store.settings import sqlite_url
from backend.tests.pictures import pixels_of
from backend.tests.store.lessons import ANN, BEN, STROKES, correction, database_at, store_at


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command on the database at an address: its code, and what it says."""

    def run(address, *arguments):
        monkeypatch.setenv("DATABASE_URL", address)
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.err if code else said.out

    return run


@pytest.fixture
def kept(database_url):
    """What Ann and Ben teach."""
    store = store_at(database_url)
    kept = [
        store.keep(ANN, correction())[0],
        store.keep(ANN, correction(collection="Zähler", strokes=None))[0],
        store.keep(BEN, correction(meant=None, confidence=None))[0],
    ]
    store.close()
    return kept


def teachers(address):
    with database_at(address).session() as session:
        return session.scalar(text("SELECT count(*) FROM teachers"))


def test_what_is_exported_is_what_is_kept_by_teacher(run, database_url, kept, tmp_path):
    code, said = run(database_url, "export", "--out", tmp_path / "out")
    assert (code, said[:9]) == (0, "3 lessons")
    for name in ("corrections.npz", "corrections.csv"):
        lessons = read_lessons(tmp_path / "out" / name)
        assert [lesson.kept for lesson in lessons] == kept
        assert lessons[0].teacher == lessons[1].teacher != lessons[2].teacher


def test_a_collection_can_be_exported_alone(run, database_url, kept, tmp_path):
    run(database_url, "export", "--out", tmp_path, "--collection", "Zähler")
    with np.load(tmp_path / "corrections.npz") as archive:
        assert archive["id"].tolist() == [str(kept[1].correction.id)]


@pytest.mark.parametrize("ending", ["npz", "csv"])
def test_an_export_is_imported_once(run, database_url, kept, tmp_path, ending):
    run(database_url, "export", "--out", tmp_path)
    elsewhere = sqlite_url(tmp_path / "another.sqlite3")
    assert (
        run(elsewhere, "import", tmp_path / f"corrections.{ending}")[1]
        == "3 of 3 lessons are new and stored.\n"
    )
    assert (
        run(elsewhere, "import", tmp_path / f"corrections.{ending}")[1]
        == "0 of 3 lessons are new and stored.\n"
    )
    assert teachers(elsewhere) == 2
    run(elsewhere, "export", "--out", tmp_path / "again")
    assert [lesson.kept for lesson in read_lessons(tmp_path / "again" / "corrections.npz")] == kept


def test_lessons_that_were_deleted_come_back_to_the_same_teacher(run, database_url, kept, tmp_path):
    run(database_url, "export", "--out", tmp_path)
    store = store_at(database_url)
    store.delete(ANN, kept[0].correction.id)
    assert (
        run(database_url, "import", tmp_path / "corrections.csv")[1] == "1 of 3 lessons are new and stored.\n"
    )
    assert {each.correction.id for each in store.newest(ANN, 9)} == {each.correction.id for each in kept[:2]}
    store.close()


def test_a_file_with_something_wrong_is_not_imported_at_all(run, database_url, kept, tmp_path):
    run(database_url, "export", "--out", tmp_path)
    path = tmp_path / "corrections.csv"
    path.write_text(path.read_text("utf-8-sig").replace("correction,2,", "guess,2,"), "utf-8")
    elsewhere = sqlite_url(tmp_path / "another.sqlite3")
    code, said = run(elsewhere, "import", path)
    assert (code, "the kind must be" in said) == (1, True)
    assert run(elsewhere, "status")[1] == "Nothing is kept.\n"


def test_the_status_counts_by_collection_and_alphabet(run, database_url, kept):
    lines = run(database_url, "status")[1].splitlines()
    assert [line.rpartition(",")[0] for line in lines] == [
        "Zähler, digits: 1 lessons by 1 teachers",
        "default, digits: 2 lessons by 2 teachers",
    ]


def test_room_is_made_by_collection_or_teacher(run, database_url, kept):
    assert run(database_url, "delete", "--collection", "Zähler")[1] == "1 lessons are deleted.\n"
    assert (
        run(database_url, "delete", "--collection", "default", "--teacher", 999)[1]
        == "0 lessons are deleted.\n"
    )
    with database_at(database_url).session() as session:
        numbers = session.scalars(text("SELECT number FROM teachers ORDER BY number")).all()
    assert run(database_url, "delete", "--teacher", numbers[0])[1] == "1 lessons are deleted.\n"
    assert teachers(database_url) == 1
    assert run(database_url, "delete") == (1, "error: Name a collection or a teacher.\n")


def test_a_backup_holds_everything_the_secrets_hashes_too(run, database_url, kept, tmp_path, request):
    path = tmp_path / "backup"
    assert run(database_url, "backup", path) == (0, f"The database is copied to {path}.\n")
    assert path.stat().st_mode & 0o077 == 0
    restored = sqlite_url(tmp_path / "elsewhere" / "corrections.sqlite3")
    if database_url.startswith("postgresql"):
        restored = request.getfixturevalue("postgresql").new_database()
    assert run(restored, "restore", path)[0] == 0
    store = store_at(restored)
    assert store.newest(ANN, 9) == kept[1::-1]
    assert store.newest(BEN, 9) == kept[2:]
    store.close()


def test_a_backup_is_brought_back_under_a_server_that_runs(run, database_url, kept, tmp_path):
    path = tmp_path / "backup"
    run(database_url, "backup", path)
    store = store_at(database_url)
    store.delete_all(ANN)
    store.keep(BEN, correction())
    code, said = run(database_url, "restore", path)
    assert (code, "--replace" in said) == (1, True)
    assert store.summary(BEN).kept == 2
    assert run(database_url, "restore", "--replace", path)[0] == 0
    assert (store.newest(ANN, 9), store.newest(BEN, 9)) == (kept[1::-1], kept[2:])
    assert store.keep(BEN, correction())[1]
    store.close()


def test_what_is_no_backup_changes_nothing(run, database_url, kept, tmp_path):
    path = tmp_path / "words"
    path.write_text("this is no backup " * 100)
    code, said = run(database_url, "restore", "--replace", path)
    assert (code, said.startswith("error: ")) == (1, True)
    assert run(database_url, "restore", "--replace", tmp_path / "nothing")[0] == 1
    assert len(run(database_url, "status")[1].splitlines()) == 2


def test_a_backup_overwrites_nothing(run, database_url, tmp_path):
    path = tmp_path / "backup"
    path.write_text("precious")
    code, said = run(database_url, "backup", path)
    assert (code, said) == (1, f"error: {path} is there already; name a file that isn't.\n")
    assert path.read_text() == "precious"


def test_what_can_not_be_done_is_said_in_a_sentence(run, tmp_path):
    missing = sqlite_url(tmp_path / "missing.sqlite3")
    assert run(missing, "backup", tmp_path / "b") == (
        1,
        f"error: There is no database at {tmp_path / 'missing.sqlite3'}.\n",
    )
    assert run(missing, "import", tmp_path / "nothing.csv")[1].endswith(
        "nothing.csv: No such file or directory.\n"
    )
    assert run(missing, "import", tmp_path / "lessons.txt")[1].endswith("must be an .npz or a .csv file.\n")
    assert run("mysql://somewhere/db", "status")[1].startswith("error: DATABASE_URL must be")
    (tmp_path / "file").write_text("no folder")
    assert run(sqlite_url(tmp_path / "file" / "x.sqlite3"), "status")[0] == 1
    (tmp_path / "words.sqlite3").write_text("this is no database " * 50)
    assert "file is not a database" in run(sqlite_url(tmp_path / "words.sqlite3"), "status")[1]


def test_a_password_is_never_said(run, postgresql):
    wrong = make_url(postgresql.new_database()).set(password="hunter2").render_as_string(hide_password=False)
    code, said = run(wrong, "status")
    assert code == 1
    assert "password authentication failed" in said
    assert "hunter2" not in said
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(wrong)


def test_it_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "backend.store", "--help"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.returncode == 0
    for command in ("export", "import", "backup", "status", "delete"):
        assert command in done.stdout


@pytest.mark.slow
def test_learning_reads_what_is_exported(run, database_url, tmp_path):
    from model_training.alphabets import DIGITS
    from model_training.lessons import read_lessons as read_to_learn

    sent = [
        correction(pixels=bytes(pixels_of(1)), meant="1"),
        correction(pixels=bytes(pixels_of(2)), meant="2", strokes=None),
        correction(pixels=bytes(pixels_of(3)), meant=None),
        correction(pixels=bytes(pixels_of(7)), meant="Z", alphabet="letters"),
    ]
    store = store_at(database_url)
    for each in sent:
        store.keep(ANN, each)
    store.close()
    run(database_url, "export", "--out", tmp_path)
    lessons = read_to_learn(tmp_path / "corrections.npz", DIGITS)
    assert lessons.ids.tolist() == [str(each.id) for each in sent[:3]]
    assert lessons.meant == ["1", "2", "nothing"]
    assert [image.tobytes() for image in lessons.images] == [each.pixels for each in sent[:3]]
    assert [drawing and [stroke.tolist() for stroke in drawing.strokes] for drawing in lessons.drawings] == [
        [[point[:2] for point in stroke] for stroke in STROKES],
        None,
        [[point[:2] for point in stroke] for stroke in STROKES],
    ]
