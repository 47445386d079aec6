"""The saved model and the facts beside it, such as `digit_cnn.keras` and `digit_cnn.json`."""

import hashlib
import importlib.metadata
import json
import platform
from datetime import UTC, datetime
from pathlib import Path

import keras

from model_training.alphabets import DIGITS, Alphabet

MODELS = Path(__file__).parent.parent / "models"
MODEL_PATH = MODELS / f"{DIGITS.network}.keras"


def model_path(alphabet: Alphabet) -> Path:
    """Where the shipped model of `alphabet` is."""
    return MODELS / f"{alphabet.network}.keras"


PACKAGES = ("keras", "tensorflow", "numpy", "scipy")
DATA = [
    {
        "name": "MNIST",
        "used": "training part, less 5,001 validation images",
        "license": "CC BY-SA 3.0",
        "source": "Y. LeCun, C. Cortes, C. Burges",
    },
    {
        "name": "Pen-Based Recognition of Handwritten Digits",
        "used": "training part (raw strokes), 22 of its 30 writers; 8 writers for validation",
        "license": "CC BY 4.0",
        "source": "E. Alpaydin, F. Alimoglu, doi 10.24432/C5MG6K",
    },
    {
        "name": "UNIPEN, train_r01_v07",
        "used": "digits, letters and symbols as strokes, where UNIPEN_PATH names them; three collections and "
        "thirteen writers for validation",
        "license": "CC BY 4.0",
        "source": "I. Guyon, L. Schomaker, R. Plamondon, M. Liberman, S. Janet, doi 10.1109/ICPR.1994.576870",
    },
    {
        "name": "Omniglot and Quick, Draw!",
        "used": "foreign characters and doodles as negatives, where "
        "OMNIGLOT_PATH and QUICKDRAW_PATH name them",
        "license": "MIT; CC BY 4.0",
        "source": "B. Lake; Google",
    },
    {
        "name": "Negatives drawn by this project",
        "used": "letters, symbols, ticks, doodles, scribbles, noise, and print in fonts that "
        "Matplotlib brings",
        "license": "MIT; fonts: DejaVu (Bitstream Vera's), STIX (STIX Font License), cmr10 (BaKoMa)",
        "source": "model_training/negatives.py, model_training/stroke_alphabet.py",
    },
]
LETTER_DATA = [
    {
        **DATA[2],
        "used": "capitals and small letters as strokes, digits and symbols as negatives; three collections "
        "and thirteen writers for validation",
    },
    {**DATA[0], "used": "as negatives: digits that look like no letter, training part"},
    {**DATA[1], "used": "as negatives: digits that look like no letter, training part"},
    {
        "name": "EMNIST, letters",
        "used": "training part, where EMNIST_PATH names its folder",
        "license": "public domain",
        "source": "G. Cohen, S. Afshar, J. Tapson, A. van Schaik, arXiv 1702.05373",
    },
    DATA[3],
    {**DATA[4], "used": "symbols, doodles, scribbles, noise, and print in fonts that Matplotlib brings"},
]


def save_model(model: keras.Model, path: Path, alphabet: Alphabet = DIGITS, **facts) -> dict:
    """Save `model`, which reads `alphabet`, at `path` and its facts as JSON beside it; return the facts.

    Neither file is ever half-written: each replaces the old one when it is whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"partial-{path.name}")
    model.save(partial)
    digest = hashlib.sha256(partial.read_bytes()).hexdigest()
    all_facts = {
        "name": model.name,
        "version": f"{datetime.now(UTC):%Y.%m.%d}-{digest[:8]}",
        "alphabet": alphabet.name,
        "labels": list(alphabet.labels),
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "sha256": digest,
        "parameters": model.count_params(),
        "size_bytes": partial.stat().st_size,
        "data": DATA if alphabet is DIGITS else LETTER_DATA,
        "packages": {"python": platform.python_version(), **_versions()},
        **facts,
    }
    partial.replace(path)
    write_facts(path, all_facts)
    return read_facts(path)


def read_facts(path: Path = MODEL_PATH) -> dict:
    """The facts of the model at `path`."""
    return json.loads(path.with_suffix(".json").read_text())


def write_facts(path: Path, facts: dict) -> None:
    """Write the facts of the model at `path`."""
    partial = path.with_name(f"partial-{path.stem}.json")
    partial.write_text(json.dumps(facts, indent=2) + "\n")
    partial.replace(path.with_suffix(".json"))


def _versions() -> dict[str, str]:
    versions = {}
    for package in PACKAGES:
        # TensorFlow's CPU build goes by another name.
        names = [package, f"{package}-cpu"]
        versions[package] = next((v for v in map(_version, names) if v), "unknown")
    return versions


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
