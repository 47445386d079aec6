import numpy as np
import pytest

from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing
from model_training.packed_strokes import PACKED_SIDE, read_packed, write_packed

TALL = (np.array([[5.0, 0.0], [5.0, 40.0]]), np.array([[0.0, 20.0], [10.0, 20.0]]))
DOT = (np.array([[3.0, 3.0]]),)
DRAWINGS = [Drawing(TALL, "7", 12, 3), Drawing(DOT, ".", 4, 1)]


def test_drawings_come_back_scaled_to_their_longer_side(tmp_path):
    write_packed(tmp_path / "some.npz", DRAWINGS)
    seven, dot = read_packed(tmp_path / "some.npz")
    assert [(d.label, d.writer, d.collection) for d in (seven, dot)] == [("7", 12, 3), (".", 4, 1)]
    for stroke, original in zip(seven.strokes, TALL, strict=True):
        np.testing.assert_allclose(stroke, original / 40, atol=1 / PACKED_SIDE)
    assert len(dot.strokes[0]) == 1


def test_a_file_of_no_drawings_holds_none(tmp_path):
    write_packed(tmp_path / "none.npz", [])
    assert read_packed(tmp_path / "none.npz") == []


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(DataUnavailableError, match="not a file"):
        read_packed(tmp_path / "none.npz")


@pytest.mark.parametrize("wrong", ["stroke_points", "drawing_strokes", "labels"])
def test_arrays_that_do_not_fit_together_are_refused(tmp_path, wrong):
    write_packed(tmp_path / "some.npz", DRAWINGS)
    with np.load(tmp_path / "some.npz") as archive:
        arrays = {name: archive[name] for name in archive.files}
    np.savez(tmp_path / "wrong.npz", **{**arrays, wrong: arrays[wrong][:-1]})
    with pytest.raises(DamagedDataError, match="fit together"):
        read_packed(tmp_path / "wrong.npz")
    np.savez(tmp_path / "fewer.npz", **{name: a for name, a in arrays.items() if name != wrong})
    with pytest.raises(DamagedDataError, match=wrong):
        read_packed(tmp_path / "fewer.npz")


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "text.npz").write_text("no archive")
    with pytest.raises(DamagedDataError, match="can't be read"):
        read_packed(tmp_path / "text.npz")
