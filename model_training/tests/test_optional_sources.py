import numpy as np
import pytest

from model_training.alphabets import LETTERS
from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing
from model_training.foreign_drawings import load_omniglot, load_quickdraw
from model_training.packed_strokes import write_packed
from model_training.real_negatives import LETTERS_LIKE_DIGITS, load_real_negatives
from model_training.sources import load_sources
from model_training.strangers import VALIDATION_COLLECTIONS
from model_training.unipen import load_unipen

LINE = (np.array([[0.0, 0.0], [0.3, 1.0]]),)
VARIABLES = ("UNIPEN_PATH", "OMNIGLOT_PATH", "QUICKDRAW_PATH")


@pytest.fixture
def nothing(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def test_without_the_variables_there_is_nothing_and_no_error(nothing):
    assert load_unipen("digits") is load_omniglot() is load_quickdraw() is None
    negatives = load_real_negatives()
    assert negatives.training == negatives.validation == {}


@pytest.mark.parametrize(
    ("variable", "load"),
    [
        ("UNIPEN_PATH", lambda: load_unipen("digits")),
        ("OMNIGLOT_PATH", load_omniglot),
        ("QUICKDRAW_PATH", load_quickdraw),
    ],
)
def test_a_variable_that_names_nothing_is_said(nothing, tmp_path, variable, load):
    nothing.setenv(variable, str(tmp_path / "nowhere"))
    with pytest.raises(DataUnavailableError, match="nowhere"):
        load()


def test_doodles_of_another_shape_are_refused(nothing, tmp_path):
    np.savez(tmp_path / "doodles.npz", cat=np.zeros((2, 14, 14), np.uint8))
    nothing.setenv("QUICKDRAW_PATH", str(tmp_path / "doodles.npz"))
    with pytest.raises(DamagedDataError, match=r"cat must be uint8 \(n, 28, 28\)"):
        load_quickdraw()


def test_real_negatives_are_split_by_person_and_leave_out_what_looks_like_a_digit(nothing, tmp_path):
    letters = [
        Drawing(LINE, label, writer, collection)
        for label in "AOl"
        for writer, collection in ((1, 2), (2, VALIDATION_COLLECTIONS[0]))
    ]
    write_packed(tmp_path / "unipen-letters.npz", letters)
    write_packed(tmp_path / "unipen-symbols.npz", [Drawing(LINE, "#", 1, 2)])
    write_packed(
        tmp_path / "omniglot.npz",
        [Drawing(LINE, f"{a}/character02", w) for a in ("Korean", "Balinese") for w in range(1, 11)],
    )
    np.savez(tmp_path / "q.npz", cat=np.ones((10, 28, 28), np.uint8), fish=np.ones((4, 28, 28), np.uint8))
    nothing.setenv("UNIPEN_PATH", str(tmp_path))
    nothing.setenv("OMNIGLOT_PATH", str(tmp_path / "omniglot.npz"))
    nothing.setenv("QUICKDRAW_PATH", str(tmp_path / "q.npz"))
    real = load_real_negatives()
    assert [(d.label, d.writer) for d in real.training["real letters"]] == [("A", 1)]
    assert [(d.label, d.writer) for d in real.validation["real letters"]] == [("A", 2)]
    assert "O" in LETTERS_LIKE_DIGITS
    drawers = [{d.writer for d in part["foreign characters"]} for part in (real.training, real.validation)]
    assert drawers[0].isdisjoint(drawers[1])
    assert all(d.label.startswith("Korean") for d in real.training["foreign characters"])
    assert "foreign alphabet" not in real.training
    assert len(real.validation["people's other doodles"]) == 4


def test_a_piece_of_unipen_that_has_nobody_to_validate_by_adds_no_empty_kind(nothing, tmp_path):
    write_packed(tmp_path / "unipen-letters.npz", [Drawing(LINE, "A", 1, 2)])
    write_packed(tmp_path / "unipen-symbols.npz", [])
    nothing.setenv("UNIPEN_PATH", str(tmp_path))
    real = load_real_negatives()
    assert list(real.training) == ["real letters"]
    assert real.validation == {}


def test_letters_need_strokes_and_say_so(nothing):
    with pytest.raises(DataUnavailableError, match="UNIPEN_PATH must name the folder"):
        load_sources(LETTERS)


def test_to_letters_digits_are_negatives_unless_they_look_like_one(nothing, tmp_path, mnist, pendigits):
    write_packed(tmp_path / "unipen-letters.npz", [Drawing(LINE, "a", 1, 2)])
    write_packed(tmp_path / "unipen-symbols.npz", [Drawing(LINE, label, 1, 2) for label in "#|"])
    write_packed(tmp_path / "unipen-digits.npz", [Drawing(LINE, label, 1, 2) for label in "0123"])
    nothing.setenv("UNIPEN_PATH", str(tmp_path))
    negatives = load_sources(LETTERS).real_negatives
    assert {d.label for d in negatives.training["real digits"]} == set("3478")
    assert {d.label for d in negatives.validation["look-alike digits"]} == set("012569")
    assert [d.label for d in negatives.training["real symbols"]] == ["#"]
    assert "real letters" not in negatives.training
    writers = [{d.writer for d in part["real digits"]} for part in (negatives.training, negatives.validation)]
    assert writers[0].isdisjoint(writers[1])
