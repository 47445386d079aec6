import os
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from model_training import unipen, unipen_archive, unipen_people
from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing
from model_training.packed_strokes import PACKED_SIDE, key_of, read_packed
from model_training.unipen_archive import FileReader, kind_of, read_archive

# Two persons' movement: components are counted over pen-down and pen-up, but not if they have no points.
MOVEMENT = r""".VERSION 1.0
.COORD X Y T P
.WRITER_ID anna
.COMMENT the pen rests twice without a point
.PEN_DOWN
.PEN_UP
10 0 0 0
.PEN_DOWN
0 0 1 9
0 100 2 9
.PEN_UP
0 100 3 0
50 50 4 0
.PEN_DOWN
50 50 5 9
100 50 6 9
150 50 7 9
200 50 8 9
"""
# Labels, the pieces that hold them, and the strokes' points in units of the longer side, y down.
UP = [[0, 1], [0, 0]]
PIECES = {
    "a component": ("1", [UP]),
    "a range over pen-up": ("1-3", [[[0, 0.5], [0, 0]], [[x, 0.25] for x in (0.25, 0.5, 0.75, 1)]]),
    "pieces of two components": ("1:1-3:1", [[[0, 0]], [[0.5, 0.5], [1, 0.5]]]),
    "a piece of one": ("3:1-3:2", [[[0, 0], [1, 0]]]),
    "parts between commas": ("3:0-3:1,1", [[[0.5, 0.5], [1, 0.5]], UP]),
}
DAMAGES = {
    "a component that isn't there": ('1-4 ? "5"', "1-4 isn't a range of the components 0 to 3"),
    "a range that runs back": ('3-1 ? "5"', "3-1 isn't a range"),
    "a point that isn't there": ('1:2 ? "5"', "component 1, points 0 to 1"),
    "points that run back": ('3:2-3:1 ? "5"', "component 3, points 0 to 3"),
    "no pen-down": ('0 ? "5"', "the pen is never down"),
    "no number": ('one ? "5"', "PIECES"),
    "an empty part": ('1,,3 ? "5"', "a, a-b or a:p-b:q"),
    "a label that doesn't end": ('1 ? "5', "LABEL"),
}
BROKEN_MOVEMENT = {
    "a number missing": (".PEN_DOWN\n1 2\n3\n", "broken.dat:1: points must be rows of X Y"),
    "a word among the points": (".COMMENT\n.PEN_DOWN\n1 two\n", "broken.dat:2: points must be rows of X Y"),
    "a point nowhere": (".PEN_DOWN\nnan 2\n", "broken.dat:1: points must be finite"),
    "columns without Y": (".COORD X T\n.PEN_DOWN\n1 2\n", "broken.dat:1: .COORD must name X and Y"),
    "a missing include": ("\n.INCLUDE no/where.dat\n", "broken.dat:2: .INCLUDE names 'no/where.dat'"),
    "an include without a name": (".INCLUDE\n", "broken.dat:1: .INCLUDE names ''"),
    "a circle of includes": (".INCLUDE her/broken.dat\n", "broken.dat:1: .*closes a circle"),
}


@pytest.fixture
def archive(tmp_path):
    """An empty archive and a function that writes a file into it."""
    folder = tmp_path / "train_r01_v07"
    for part in ("data", "include"):
        (folder / part).mkdir(parents=True)

    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    write.folder = folder
    write("include/her/pen.dat", MOVEMENT)
    return write


def read(archive, text, movement="her/pen.dat", level="CHARACTER"):
    path = archive("data/1a/her/some.dat", f".INCLUDE {movement}\n{text}")
    return FileReader(archive.folder / "include").read(path, level, lambda label: True)


@pytest.mark.parametrize(("pieces", "expected"), PIECES.values(), ids=PIECES)
def test_a_segment_is_the_pen_down_strokes_of_its_pieces(archive, pieces, expected):
    (drawn,), damages = read(archive, f'.SEGMENT CHARACTER {pieces} ? "5"\n')
    assert damages == []
    assert (drawn.label, drawn.writer) == ("5", "anna")
    assert [stroke.tolist() for stroke in drawn.strokes] == expected


@pytest.mark.parametrize(("segment", "message"), DAMAGES.values(), ids=DAMAGES)
def test_a_bad_segment_costs_itself_and_is_told_with_file_and_line(archive, segment, message):
    labelled, damages = read(
        archive, f'.SEGMENT CHARACTER 1 ? "1"\n.SEGMENT CHARACTER {segment}\n.SEGMENT CHARACTER 3 ? "2"\n'
    )
    assert [each.label for each in labelled] == ["1", "2"]
    (damage,) = damages
    assert "some.dat:3: " in str(damage)
    assert message in str(damage)


@pytest.mark.parametrize(("text", "message"), BROKEN_MOVEMENT.values(), ids=BROKEN_MOVEMENT)
def test_bad_movement_is_told_with_file_and_line(archive, text, message):
    archive("include/her/broken.dat", text)
    labelled, (damage,) = read(archive, '.SEGMENT CHARACTER 0 ? "5"\n', "her/broken.dat")
    assert labelled == []
    with pytest.raises(DamagedDataError, match=message):
        raise damage


@pytest.mark.parametrize(
    ("written", "label"), [(r"\"", '"'), (r"\\", "\\"), ("'", "'"), (r"a\"b\\", 'a"b\\')]
)
def test_labels_are_read_without_their_escapes(archive, written, label):
    (drawn,), _ = read(archive, f'.SEGMENT CHARACTER 1 ? "{written}"\n')
    assert drawn.label == label


def test_what_has_no_label_or_is_of_another_level_is_passed_over(archive):
    text = '.SEGMENT CHARACTER 1 ?\n.SEGMENT WORD 1-3 ? "12"\n.SEGMENT CHARACTER 3 OK "1"\n'
    labelled, damages = read(archive, text)
    assert [each.label for each in labelled] == ["1"]
    assert damages == []
    (word,), _ = read(archive, text, level="WORD")
    assert word.label == "12"


def test_includes_nest_and_their_components_are_counted_through(archive):
    text = ".WRITER_ID ben\n.PEN_DOWN\n7 7\n.INCLUDE her/pen.dat\n.PEN_DOWN\n3 3 0 0\n"
    archive("include/her/both.dat", text)
    labelled, damages = read(
        archive, "".join(f'.SEGMENT CHARACTER {n} ? "{n}"\n' for n in (0, 2, 5)), "her/both.dat"
    )
    assert damages == []
    assert [(each.label, each.writer, len(each.strokes[0])) for each in labelled] == [
        ("0", "ben", 1),
        ("2", "anna", 2),
        ("5", "anna", 1),
    ]


def test_points_that_are_nearer_than_the_step_are_dropped_except_at_the_ends(archive):
    archive("include/her/slow.dat", ".PEN_DOWN\n0 0\n0 7\n5 9\n0 1000\n0 999\n")
    (drawn,), _ = read(archive, '.SEGMENT CHARACTER 0 ? "1"\n', "her/slow.dat")
    assert np.round(drawn.strokes[0] * PACKED_SIDE).tolist() == [[0, 1000], [5, 991], [0, 0], [0, 1]]


@pytest.mark.parametrize(
    ("label", "kind"),
    [("5", "digits"), ("a", "letters"), ("Z", "letters"), ("\\", "symbols"), ("10", "numbers")]
    + [(label, None) for label in ("", " ", "ab", "1a", "é", "²", "\x7f")],
)
def test_labels_are_of_the_kinds_of_the_packed_files(label, kind):
    assert kind_of(label) == kind


def test_a_writer_is_one_person_in_all_categories_and_another_in_another_collection(archive):
    for category, label in (("1a", "5"), ("1b", "A"), ("1c", "a"), ("1d", "+"), ("2", "5")):
        for collection in ("her", "his"):
            archive(
                f"data/{category}/{collection}/some.dat",
                f'.INCLUDE her/pen.dat\n.SEGMENT CHARACTER 1-3 ? "{label}"\n.SEGMENT WORD 1 ? "12"\n',
            )
    found = read_archive(archive.folder)
    assert {kind: [d.label for d in drawings] for kind, drawings in found.items()} == {
        "digits": ["5", "5"],
        "letters": ["A", "a", "A", "a"],
        "symbols": ["+", "+"],
        "numbers": ["12", "12"],
    }
    people = {(d.collection, d.writer) for drawings in found.values() for d in drawings}
    assert len(people) == len({c for c, _ in people}) == len({w for _, w in people}) == 2


def test_a_file_that_names_no_writer_is_its_own_in_all_categories(archive):
    archive("include/her/nobody.dat", ".PEN_DOWN\n0 0\n0 9\n")
    for name in ("1a/her/x", "1b/her/x", "1b/her/y"):
        archive(f"data/{name}.dat", '.INCLUDE her/nobody.dat\n.SEGMENT CHARACTER 0 ? "1"\n')
    one, same, other = (d.writer for d in read_archive(archive.folder)["digits"])
    assert one == same != other


def test_nobody_has_more_drawings_of_a_kind_than_the_limit(archive, monkeypatch):
    monkeypatch.setattr(unipen_archive, "MOST_BY_ONE_WRITER", 3)
    archive("include/her/none.dat", ".PEN_DOWN\n0 0\n0 9\n")
    for category, label, count in (("1a", "1", 5), ("1b", "I", 4), ("1c", "l", 2)):
        archive(
            f"data/{category}/her/x.dat",
            ".INCLUDE her/none.dat\n" + f'.SEGMENT CHARACTER 0 ? "{label}"\n' * count,
        )
    found = read_archive(archive.folder)
    assert Counter(d.label for kind in found.values() for d in kind) == {"1": 3, "I": 3, "l": 2}


def test_what_cant_be_understood_is_left_out_and_told(archive, capsys):
    archive(
        "data/1a/her/x.dat",
        '.INCLUDE her/pen.dat\n.SEGMENT CHARACTER 1 ? "1"\n.SEGMENT CHARACTER 9 ? "2"\n',
    )
    assert [d.label for d in read_archive(archive.folder)["digits"]] == ["1"]
    told = capsys.readouterr().out
    assert "1 segments or files can't be understood" in told
    assert f"{Path('her') / 'x.dat'}:3: 9 isn't a range" in told


def test_an_archive_that_is_damaged_all_over_is_refused_with_its_first_place(archive):
    archive("data/1a/her/x.dat", '.INCLUDE no/where.dat\n.SEGMENT CHARACTER 1 ? "1"\n')
    with pytest.raises(DamagedDataError, match=r"x\.dat:1: .INCLUDE names 'no/where.dat'"):
        read_archive(archive.folder)


def test_an_archive_without_a_character_is_refused(archive):
    with pytest.raises(DamagedDataError, match="no character"):
        read_archive(archive.folder)


def test_a_folder_that_is_no_archive_is_refused(tmp_path):
    with pytest.raises(DataUnavailableError, match="data and include"):
        read_archive(tmp_path)


def test_known_people_keep_their_numbers_and_others_get_new_ones(monkeypatch, tmp_path):
    zigzag = [Drawing((np.random.default_rng(n).random((20, 2)),), "3", n, n // 2) for n in range(3)]
    people = tmp_path / "people.json"
    monkeypatch.setattr(unipen_people, "PEOPLE", people)
    people.write_text(unipen_people.json.dumps(unipen_people.keys_of_people(zigzag)))
    unknown = Drawing((np.random.default_rng(9).random((20, 2)),), "3")
    numbers = unipen_people.recognised(
        {("b", "zoe"): zigzag[:1], ("b", "amy"): [unknown], ("a", "amy"): [unknown], ("c", "x"): zigzag[2:]}
    )
    assert numbers == {("b", "zoe"): (0, 0), ("c", "x"): (1, 2), ("a", "amy"): (2, 3), ("b", "amy"): (0, 4)}


def test_a_drawing_that_two_people_share_tells_nobody():
    both = [Drawing((np.random.default_rng(1).random((20, 2)),), "3", writer, 0) for writer in (1, 2)]
    assert unipen_people.keys_of_people(both) == {"0": {"1": [], "2": []}}


def test_an_archive_is_parsed_once_and_again_when_it_changes(archive, monkeypatch, tmp_path):
    parsed = []
    monkeypatch.setattr(unipen, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(unipen, "read_archive", lambda folder: parsed.append(1) or read_archive(folder))
    monkeypatch.setenv("UNIPEN_PATH", str(archive.folder))
    path = archive("data/1a/her/x.dat", '.INCLUDE her/pen.dat\n.SEGMENT CHARACTER 1 ? "1"\n')
    for kind, labels in (("digits", ["1"]), ("letters", []), ("numbers", []), ("digits", ["1"])):
        assert [d.label for d in unipen.load_unipen(kind)] == labels
    assert len(parsed) == 1
    path.write_text(path.read_text() + '.SEGMENT CHARACTER 3 ? "7"\n')
    assert [d.label for d in unipen.load_unipen("digits")] == ["1", "7"]
    assert len(list((tmp_path / "cache").iterdir())) == 2  # nothing unfinished lies about


@pytest.fixture(scope="module")
def sample_archive(tmp_path_factory):
    """One collection in the archive's own form, and the folder of the packed files."""
    folder = os.environ.get("UNIPEN_PATH")
    packed = Path(folder) / "unipen-sample.zip" if folder else None
    if packed is None or not packed.is_file():
        reason = "UNIPEN_PATH must name a folder with unipen-sample.zip, a piece of UNIPEN's archive"
        if os.environ.get("REQUIRE_DATA"):
            pytest.fail(reason)
        pytest.skip(reason)
    unpacked = tmp_path_factory.mktemp("unipen")
    with zipfile.ZipFile(packed) as files:
        files.extractall(unpacked)
    return unpacked / "train_r01_v07", packed.parent


@pytest.mark.parametrize("kind", ["digits", "letters", "symbols"])
def test_the_archive_holds_what_the_packed_files_hold_by_the_same_people(sample_archive, kind, capsys):
    archive, packed = sample_archive
    own = read_archive(archive)[kind]
    assert "can't be understood" not in capsys.readouterr().out
    (collection,) = {drawing.collection for drawing in own}
    same = [d for d in read_packed(packed / f"unipen-{kind}.npz") if d.collection == collection]
    assert Counter((d.writer, d.label) for d in own) == Counter((d.writer, d.label) for d in same)
    # A few points lie midway between two units, and were rounded to the other.
    identical = Counter(map(key_of, own)) & Counter(map(key_of, same))
    assert identical.total() >= 0.99 * len(same)
