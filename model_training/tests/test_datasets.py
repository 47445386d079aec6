import gzip
import io
import urllib.error
import zipfile

import keras
import ncompress
import numpy as np
import pytest

from model_training import datasets

UNIPEN = """
.SEGMENT DIGIT    0 ? "8"
.COMMENT 8 12  224
.PEN_DOWN
 0  500
 250  250
.PEN_UP
.DT 100
.PEN_DOWN
 500 0
.PEN_UP
.SEGMENT DIGIT    1-2 ? "1"
.COMMENT 1 3 7
.PEN_DOWN
.PEN_UP
.PEN_DOWN
 10 20
.PEN_UP
"""


def write_mnist(path, **changes):
    arrays = {
        "x_train": np.zeros((60_000, 28, 28), np.uint8),
        "y_train": np.arange(60_000, dtype=np.uint8) % 10,
        "x_test": np.zeros((10_000, 28, 28), np.uint8),
        "y_test": np.arange(10_000, dtype=np.uint8) % 10,
    }
    np.savez_compressed(path, **{**arrays, **changes})
    return str(path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x_test": np.zeros((9_999, 28, 28), np.uint8)}, "x_test must be uint8"),
        ({"x_train": np.zeros((60_000, 784), np.uint8)}, "x_train must be uint8"),
        ({"y_train": np.zeros(60_000, np.int64)}, "y_train must be uint8"),
        ({"y_test": np.ones(10_000, np.uint8)}, "labels 0 to 9"),
    ],
)
def test_an_archive_that_is_not_mnist_is_refused(tmp_path, monkeypatch, changes, message):
    monkeypatch.setenv("MNIST_PATH", write_mnist(tmp_path / "mnist.npz", **changes))
    with pytest.raises(ValueError, match=message):
        datasets.load_mnist()


def test_without_file_and_network_the_error_names_both_ways_out(tmp_path, monkeypatch):
    def no_network():
        raise Exception("URL fetch failure")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", no_network)
    monkeypatch.delenv("MNIST_PATH", raising=False)
    with pytest.raises(datasets.DataUnavailableError, match=r"connect to the internet.*set MNIST_PATH"):
        datasets.load_mnist()
    monkeypatch.setenv("MNIST_PATH", str(tmp_path / "missing.npz"))
    with pytest.raises(datasets.DataUnavailableError, match=r"missing\.npz, which is not a file"):
        datasets.load_mnist()


def test_pen_digits_without_file_and_network_name_both_ways_out(tmp_path, monkeypatch):
    def no_network(*_, **__):
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr(datasets.urllib.request, "urlopen", no_network)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path)
    monkeypatch.delenv("PENDIGITS_PATH", raising=False)
    with pytest.raises(datasets.DataUnavailableError, match=r"connect to the internet.*set PENDIGITS_PATH"):
        datasets.load_pendigits()
    assert not list(tmp_path.iterdir())


def test_a_damaged_pen_digits_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "pendigits-orig.tra"
    path.write_text(UNIPEN)
    monkeypatch.setenv("PENDIGITS_PATH", str(path))
    with pytest.raises(ValueError, match="checksum"):
        datasets.load_pendigits()


def test_a_download_is_unpacked_checked_and_cached(tmp_path, monkeypatch, pendigits):
    raw = datasets._read_pendigits()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("data/pendigits-orig.tra.Z", ncompress.compress(raw))
    downloads = []
    monkeypatch.delenv("PENDIGITS_PATH", raising=False)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(datasets, "_download", lambda url: downloads.append(url) or archive.getvalue())
    assert len(datasets.load_pendigits()) == datasets.PENDIGITS_COUNT
    assert len(datasets.load_pendigits()) == datasets.PENDIGITS_COUNT
    assert len(downloads) == 1


@pytest.mark.parametrize("content", [b"", b"<html>sign in first</html>", b"PK\x03\x04 cut off"])
def test_a_download_that_is_something_else_is_refused_and_not_cached(tmp_path, monkeypatch, content):
    monkeypatch.delenv("PENDIGITS_PATH", raising=False)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(datasets, "_download", lambda url: content)
    with pytest.raises(datasets.DataUnavailableError, match=r"isn't the pen digits.*set PENDIGITS_PATH"):
        datasets.load_pendigits()
    assert not list(tmp_path.iterdir())


def test_an_archive_of_other_strokes_is_refused(tmp_path, monkeypatch):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr(datasets.PENDIGITS_MEMBER, ncompress.compress(UNIPEN.encode()))
    monkeypatch.delenv("PENDIGITS_PATH", raising=False)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(datasets, "_download", lambda url: archive.getvalue())
    with pytest.raises(datasets.DataUnavailableError, match="isn't the pen digits"):
        datasets.load_pendigits()


def test_unipen_strokes_are_turned_upright_and_scaled_to_the_box():
    eight, one = datasets.parse_unipen(UNIPEN)
    assert (eight.label, eight.writer) == ("8", 12)
    assert [s.tolist() for s in eight.strokes] == [[[0, 0], [0.5, 0.5]], [[1, 1]]]
    assert (one.label, one.writer, len(one.strokes)) == ("1", 3, 1)


def test_a_digit_without_a_writer_is_refused():
    with pytest.raises(ValueError, match="no writer"):
        datasets.parse_unipen('.SEGMENT DIGIT 0 ? "8"\n.PEN_DOWN\n1 2\n.PEN_UP\n')


def test_the_mnist_split_is_stratified_disjoint_and_always_the_same(mnist):
    train, _ = mnist
    position = np.arange(len(train)).view()
    numbered = datasets.Images(position, train.labels)
    fit, validation = datasets.split_mnist(numbered)
    assert sorted([*fit.images, *validation.images]) == list(position)
    shares = np.bincount(validation.labels) / np.bincount(train.labels)
    assert np.allclose(shares, shares.mean(), atol=0.001)
    np.testing.assert_array_equal(datasets.split_mnist(numbered)[1].images, validation.images)


def test_no_validation_writer_is_trained_on(pendigits):
    fit, validation = datasets.split_pendigits(pendigits)
    assert len(fit) + len(validation) == datasets.PENDIGITS_COUNT
    assert {d.writer for d in fit}.isdisjoint({d.writer for d in validation})
    assert len({d.writer for d in validation}) == 8


def write_emnist(folder, images, labels):
    for name, array in (("images-idx3", images), ("labels-idx1", labels)):
        head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
        content = gzip.compress(head + array.tobytes())
        (folder / f"emnist-letters-test-{name}-ubyte.gz").write_bytes(content)


def test_a_sample_keeps_the_order_and_takes_all_where_there_are_no_more():
    images = datasets.Images(np.arange(20)[:, None, None], np.arange(20) % 10)
    rng = np.random.default_rng(0)
    few = datasets.sample(images, 8, rng).images.ravel()
    assert len(few) == 8
    assert (np.diff(few) > 0).all()
    assert len(datasets.sample(images, 50, rng)) == 20
    digits = [datasets.Drawing((), str(label), 1) for label in range(10)]
    some = [digit.label for digit in datasets.sample(digits, 4, rng)]
    assert len(some) == 4
    assert some == sorted(some)


def test_emnist_letters_are_turned_upright(tmp_path, monkeypatch):
    upright = np.zeros((2, 28, 28), np.uint8)
    upright[:, 3, 5:20] = 255
    write_emnist(tmp_path, upright.transpose(0, 2, 1).copy(), np.array([1, 26], np.uint8))
    monkeypatch.setenv("EMNIST_PATH", str(tmp_path))
    letters = datasets.load_emnist_letters()
    np.testing.assert_array_equal(letters.images, upright)
    assert letters.labels.tolist() == [0, 25]


def test_emnist_letters_are_optional_but_never_half_there(tmp_path, monkeypatch):
    monkeypatch.delenv("EMNIST_PATH", raising=False)
    assert datasets.load_emnist_letters() is None
    monkeypatch.setenv("EMNIST_PATH", str(tmp_path))
    with pytest.raises(datasets.DataUnavailableError, match="EMNIST_PATH"):
        datasets.load_emnist_letters()
    write_emnist(tmp_path, np.zeros((2, 28, 28), np.uint8), np.zeros(3, np.uint8))
    with pytest.raises(ValueError, match="must be"):
        datasets.load_emnist_letters()


def test_optical_digits_are_read_as_ink():
    optical = datasets.load_optical_digits()
    assert optical.images.shape == (1797, 28, 28)
    assert optical.images.dtype == np.uint8
    assert np.bincount(optical.labels).min() > 170
    assert np.median(optical.images[:, [0, 0, -1, -1], [0, -1, 0, -1]]) == 0  # paper is 0
    assert np.median(optical.images.max(axis=(1, 2))) > 240
