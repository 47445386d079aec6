"""The data sets: found or downloaded, verified, and split.

MNIST (LeCun, Cortes, Burges) holds 70,000 framed images. UCI's "Pen-Based Recognition of Handwritten
Digits" (Alpaydin and Alimoglu, doi 10.24432/C5MG6K, CC BY 4.0) holds raw pen strokes by numbered
writers; its training part is used here.
"""

import gzip
import hashlib
import io
import os
import re
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

from model_training.framing import SIDE

MNIST_COUNTS = {"train": 60_000, "test": 10_000}
MNIST_VALIDATION = 5_000  # images taken out of MNIST's training set to choose by

PENDIGITS_URL = "https://archive.ics.uci.edu/static/public/81/pen+based+recognition+of+handwritten+digits.zip"
PENDIGITS_MEMBER = "pendigits-orig.tra.Z"
PENDIGITS_SHA256 = "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4"
PENDIGITS_BOX = 500  # the tablet's units, a side of the box in which people wrote
PENDIGITS_COUNT = 7_494
# Eight of the thirty writers, drawn once at random; none of their digits is ever trained on.
VALIDATION_WRITERS = (2, 5, 9, 13, 17, 20, 24, 29)

SPLIT_SEED = 1998


class DataUnavailableError(Exception):
    """A data set is neither on disk nor downloadable; the message names both ways out."""


class DamagedDataError(DataUnavailableError, ValueError):
    """A file is there, but isn't the data set it should be; the message says what was expected."""


@dataclass(frozen=True)
class Images:
    """Framed images, (n, 28, 28) uint8, with their labels, (n,) uint8."""

    images: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, index: np.ndarray) -> "Images":
        """The images at `index`, an array of positions or a mask."""
        return Images(self.images[index], self.labels[index])


@dataclass(frozen=True)
class Drawing:
    """One character as drawn: strokes of (N, 2) x, y in units of the box (side 1, y down).

    `writer` and `collection` are numbers that only mean "the same one" within a data set; -1: unknown.
    """

    strokes: tuple[np.ndarray, ...]
    label: str
    writer: int = -1
    collection: int = -1


def load_mnist() -> tuple[Images, Images]:
    """Return MNIST's training (60,000) and test (10,000) images.

    Reads the .npz named by the environment variable MNIST_PATH, else Keras's download (11 MB, cached).
    Raises DataUnavailableError if there is neither, DamagedDataError if the arrays aren't MNIST's.
    """
    arrays = _read_mnist()
    parts = []
    for part, count in MNIST_COUNTS.items():
        images, labels = arrays[f"x_{part}"], arrays[f"y_{part}"]
        _verify(f"x_{part}", images, (count, SIDE, SIDE))
        _verify(f"y_{part}", labels, (count,))
        if np.unique(labels).tolist() != list(range(10)):
            raise DamagedDataError(f"MNIST's y_{part} must hold the labels 0 to 9")
        parts.append(Images(images, labels))
    return parts[0], parts[1]


def split_mnist(train: Images, validation: int = MNIST_VALIDATION) -> tuple[Images, Images]:
    """Split MNIST's training images, or another set's, into (training, validation), always the same.

    It is stratified by label.
    """
    rng = np.random.default_rng(SPLIT_SEED)
    held_out = np.zeros(len(train), bool)
    for label in np.unique(train.labels):
        members = np.flatnonzero(train.labels == label)
        share = round(len(members) * validation / len(train))
        held_out[rng.choice(members, share, replace=False)] = True
    return train.take(~held_out), train.take(held_out)


def load_pendigits() -> list[Drawing]:
    """Return the training part of the pen digits, 7,494 drawings by 30 writers.

    Reads the file named by the environment variable PENDIGITS_PATH (`pendigits-orig.tra`), else the
    cached download from the UCI repository (7 MB).
    Raises DataUnavailableError if there is neither, DamagedDataError if the file isn't the data set's.
    """
    return parse_unipen(_read_pendigits().decode("ascii"))


def split_pendigits(digits: list[Drawing]) -> tuple[list[Drawing], list[Drawing]]:
    """Split the pen digits by writer into (training, validation)."""
    training = [d for d in digits if d.writer not in VALIDATION_WRITERS]
    validation = [d for d in digits if d.writer in VALIDATION_WRITERS]
    return training, validation


@overload
def sample(items: Images, n: int, rng: np.random.Generator) -> Images: ...


@overload
def sample(items: list[Drawing], n: int, rng: np.random.Generator) -> list[Drawing]: ...


def sample(items: Images | list[Drawing], n: int, rng: np.random.Generator) -> Images | list[Drawing]:
    """Return `n` of `items`, images or pen digits, in their order; all of them if they aren't more."""
    chosen = np.sort(rng.choice(len(items), min(n, len(items)), replace=False))
    if isinstance(items, list):
        return [items[i] for i in chosen]
    return items.take(chosen)


def load_emnist_letters(part: str = "test") -> Images | None:
    """Return EMNIST's letters (Cohen et al., 2017), "train" or "test", upright, labelled 0 (A) to 25 (Z).

    They are used where a user has them: EMNIST_PATH names the folder with
    `emnist-letters-test-images-idx3-ubyte.gz` and its like. None where it isn't set. They are not framed.
    Raises DataUnavailableError if a file is missing, ValueError if one isn't what it should be.
    """
    folder = os.environ.get("EMNIST_PATH")
    if not folder:
        return None
    images, labels = (
        _read_idx(Path(folder) / f"emnist-letters-{part}-{content}-ubyte.gz")
        for content in ("images-idx3", "labels-idx1")
    )
    if images.shape != (len(labels), SIDE, SIDE):
        raise ValueError(f"EMNIST's images must be ({len(labels)}, 28, 28), got {images.shape}")
    if labels.size and not 1 <= labels.min() <= labels.max() <= 26:
        raise ValueError(f"EMNIST's labels must be 1 to 26, got {labels.min()} to {labels.max()}")
    return Images(images.transpose(0, 2, 1), labels - np.uint8(1))  # the files hold columns first


def load_optical_digits() -> Images:
    """Return UCI's optical digits, test part (Alpaydin and Kaynak, doi 10.24432/C50P49, CC BY 4.0).

    1,797 scanned digits of 13 people, of which scikit-learn brings 8x8 images; they are enlarged to 28x28
    and not framed. Nothing is trained on or chosen by them.
    """
    small = load_digits()
    levels = np.round(small.images / 16 * 255).astype(np.uint8)  # (1797, 8, 8)
    enlarged = [Image.fromarray(each).resize((SIDE, SIDE), Image.Resampling.BICUBIC) for each in levels]
    return Images(np.stack([np.asarray(each) for each in enlarged]), small.target.astype(np.uint8))


def parse_unipen(text: str) -> list[Drawing]:
    """Read the digits of a UNIPEN file of the pen digits' kind.

    A `.SEGMENT DIGIT a-b ? "d"` line starts a digit, `.COMMENT d w n` names its writer w, and the
    x, y pairs between `.PEN_DOWN` and `.PEN_UP` are a stroke; y points up in the file.
    """
    digits = []
    for block in text.split(".SEGMENT DIGIT")[1:]:
        label = re.search(r'"(\d)"', block)
        writer = re.search(r"\.COMMENT\s+\d+\s+(\d+)", block)
        strokes = [
            np.array(pen.split(".PEN_UP")[0].split(), dtype=float).reshape(-1, 2)
            for pen in block.split(".PEN_DOWN")[1:]
        ]
        if label is None or writer is None:
            raise ValueError(f"a digit has no label or no writer: {block[:60]!r}")
        upright = tuple(s * (1, -1) / PENDIGITS_BOX + (0, 1) for s in strokes if len(s))
        digits.append(Drawing(upright, label[1], int(writer[1])))
    return digits


def cache_folder() -> Path:
    """Where downloads are kept between runs."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("handwritten-digit-recognition"))


def _read_mnist() -> dict[str, np.ndarray]:
    path = os.environ.get("MNIST_PATH")
    if path:
        if not Path(path).is_file():
            raise DataUnavailableError(f"MNIST_PATH names {path}, which is not a file: {_ways_out('MNIST')}")
        with np.load(path) as archive:
            return {name: archive[name] for name in ("x_train", "y_train", "x_test", "y_test")}
    import keras

    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:  # Keras wraps network errors in plain Exception
        raise DataUnavailableError(
            f"MNIST could not be downloaded ({error}): {_ways_out('MNIST')}"
        ) from error
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _read_pendigits() -> bytes:
    path = os.environ.get("PENDIGITS_PATH")
    if path:
        if not Path(path).is_file():
            raise DataUnavailableError(
                f"PENDIGITS_PATH names {path}, which is not a file: {_ways_out('PENDIGITS')}"
            )
        content = Path(path).read_bytes()
        if not _are_pendigits(content):
            raise DamagedDataError(
                f"{path} doesn't have the checksum of {PENDIGITS_MEMBER.removesuffix('.Z')}: "
                "set PENDIGITS_PATH to a whole copy, or unset it to download one"
            )
        return content
    cached = cache_folder() / PENDIGITS_MEMBER.removesuffix(".Z")
    if not cached.is_file() or not _are_pendigits(cached.read_bytes()):
        content = _unpack_pendigits(_download(PENDIGITS_URL))
        cached.parent.mkdir(parents=True, exist_ok=True)
        partial = cached.with_suffix(".partial")
        partial.write_bytes(content)
        partial.replace(cached)  # never a half-written cache
    return cached.read_bytes()


def _are_pendigits(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == PENDIGITS_SHA256


def _read_idx(path: Path) -> np.ndarray:
    """Read a gzipped IDX file of unsigned bytes (yann.lecun.com/exdb/mnist)."""
    if not path.is_file():
        raise DataUnavailableError(f"EMNIST_PATH's folder has no {path.name}: unset it, or add that file")
    content = gzip.decompress(path.read_bytes())
    if content[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path.name} must be an IDX file of unsigned bytes")
    shape = np.frombuffer(content, ">u4", content[3], 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3]).reshape(shape)


def _unpack_pendigits(archive: bytes) -> bytes:
    import ncompress

    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            member = next(name for name in files.namelist() if name.endswith(PENDIGITS_MEMBER))
            content = ncompress.decompress(files.read(member))
    except (zipfile.BadZipFile, StopIteration, ValueError):
        content = b""
    if not _are_pendigits(content):
        raise DataUnavailableError(
            f"what came from {PENDIGITS_URL} isn't the pen digits, or not all of them: try again, or "
            f"{_ways_out('PENDIGITS')}"
        )
    return content


# pooch checks what was downloaded, which here is an archive whose checksum nobody promises to keep; what is
# to be checked, and kept, is the file inside it, in a packing (.Z) that pooch doesn't know.
def _download(url: str) -> bytes:
    from tqdm import tqdm

    content = bytearray()
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            size = int(response.headers.get("Content-Length", 0)) or None
            with tqdm(total=size, unit="B", unit_scale=True, desc="pen digits") as progress:
                while chunk := response.read(1 << 16):
                    content += chunk
                    progress.update(len(chunk))
    except (urllib.error.URLError, OSError) as error:
        raise DataUnavailableError(
            f"the pen digits could not be downloaded ({error}): {_ways_out('PENDIGITS')}"
        ) from error
    return bytes(content)


def _ways_out(name: str) -> str:
    file = {"MNIST": "mnist.npz", "PENDIGITS": PENDIGITS_MEMBER.removesuffix(".Z")}[name]
    return f"either connect to the internet and unset {name}_PATH, or set {name}_PATH to a copy of {file}"


def _verify(name: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    if array.shape != shape or array.dtype != np.uint8:
        raise DamagedDataError(f"MNIST's {name} must be uint8 {shape}, got {array.dtype} {array.shape}")
