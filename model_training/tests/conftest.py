"""Fixtures: the data sets and the shipped model, each loaded once."""

import os

import keras
import pytest

from model_training import datasets, sources
from model_training.alphabets import LETTERS
from model_training.model_file import MODEL_PATH, model_path


def _or_skip(load):
    try:
        return load()
    except datasets.DataUnavailableError as error:
        if os.environ.get("REQUIRE_DATA"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def mnist():
    """MNIST's training and test images."""
    return _or_skip(datasets.load_mnist)


@pytest.fixture(scope="session")
def pendigits():
    """The pen digits as drawn."""
    return _or_skip(datasets.load_pendigits)


@pytest.fixture(scope="session")
def shipped_model():
    """The model that the repository ships."""
    return keras.models.load_model(MODEL_PATH)


@pytest.fixture(scope="session")
def shipped_letters():
    """The model of letters that the repository ships."""
    return keras.models.load_model(model_path(LETTERS))


@pytest.fixture(scope="session")
def all_letters(mnist, pendigits):
    """The letters and what is none, split; they need UNIPEN."""
    return _or_skip(lambda: sources.load_sources(LETTERS))


@pytest.fixture(scope="session")
def all_sources(mnist, pendigits):
    """All data sets that are at hand, split."""
    return sources.load_sources()
