"""A stand-in classifier for fast tests, and one real server with the shipped model for the others."""

import os
from pathlib import Path

import numpy as np
import pytest

from backend.reading.alphabet import DIGITS, Alphabet
from backend.reading.classifier import Outputs
from backend.reading.model_files import prepare_model
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.store.settings import sqlite_url
from backend.tests.postgresql import make_cluster
from backend.tests.running import RunningServer
from model_training.datasets import DataUnavailableError, load_mnist

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"


BLOT = 350  # px


class StandIn:
    """A classifier that is quick and predictable: the digit is the number of inked pixels modulo 10.

    What has more than BLOT inked pixels is no digit.
    """

    threshold = 0.4
    alphabet = DIGITS
    line_reader = None

    def __init__(self):
        self.facts = {
            "name": "stand_in",
            "version": "stand-in-1",
            "sha256": "0" * 64,
            "created": "2026-01-01T00:00:00Z",
            "parameters": 0,
            "size_bytes": 0,
            "figures": {},
        }
        self.calls: list[int] = []
        self.failure: Exception | None = None

    def classify(self, pixels: np.ndarray) -> Outputs:
        if self.failure:
            raise self.failure
        self.calls.append(len(pixels))
        inked = (pixels > 0).sum(axis=(1, 2))
        probabilities = np.where(np.arange(10) == inked[:, None] % 10, 0.91, 0.01)
        return Outputs(probabilities, np.where(inked > BLOT, 0.39, 0.4))

    def activations(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """Two layers that are easily recognised: the image's rows and columns, and ten units."""
        if self.failure:
            raise self.failure
        block = np.stack([image[::2, ::2], image[1::2, 1::2]], axis=-1).astype(float)  # (14, 14, 2)
        return {"block1": block, "head": np.arange(10.0)}


class LettersStandIn(StandIn):
    """The same of letters: the number of inked pixels modulo 26."""

    alphabet = Alphabet("letters", tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def __init__(self):
        super().__init__()
        self.facts |= {"name": "letters_stand_in", "version": "stand-in-26"}

    def classify(self, pixels: np.ndarray) -> Outputs:
        if self.failure:
            raise self.failure
        self.calls.append(len(pixels))
        inked = (pixels > 0).sum(axis=(1, 2))
        probabilities = np.where(np.arange(26) == inked[:, None] % 26, 0.75, 0.01)
        return Outputs(probabilities, np.where(inked > BLOT, 0.39, 0.4))


@pytest.fixture
def stand_in():
    return StandIn()


@pytest.fixture
def letters_stand_in():
    return LettersStandIn()


@pytest.fixture
def client_of_both(stand_in, letters_stand_in):
    """A client of an API that reads digits and letters."""
    return assemble(Config(), stand_in, letters_stand_in).test_client()


@pytest.fixture
def client(stand_in):
    return assemble(Config(), stand_in).test_client()


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    """Where the lean graphs are kept; one conversion serves the whole session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def served(cache):
    return prepare_model(Config.model_path, cache)


@pytest.fixture(scope="session")
def server(served, cache, tmp_path_factory):
    """The real server with two workers that keeps corrections, shared by the tests that don't break it."""
    database = sqlite_url(tmp_path_factory.mktemp("database") / "corrections.sqlite3")
    with RunningServer(cache, API_WORKERS="2", TEACHING="on", DATABASE_URL=database) as running:
        yield running


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL cluster shared by the tests that don't break it; skips where there is none installed."""
    cluster = make_cluster()
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """The address of a new database, SQLite's and then PostgreSQL's, as it is given in DATABASE_URL."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "folder" / "corrections.sqlite3")
    return request.getfixturevalue("postgresql").new_database()


@pytest.fixture(scope="session")
def mnist():
    """MNIST's test part, (images (10000, 28, 28) uint8, labels (10000,)); skips where it can't be had."""
    try:
        test = load_mnist()[1]
    except DataUnavailableError as error:
        if os.environ.get("REQUIRE_DATA"):
            raise
        pytest.skip(str(error))
    return test.images, test.labels
