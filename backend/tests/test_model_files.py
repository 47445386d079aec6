"""The lean graph is the Keras model, and a model that can't be served is refused in words."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from backend.classifier import BATCH, GraphClassifier
from backend.config import REPOSITORY, Config
from backend.model_files import GRAPHS, ModelError, prepare_model
from backend.tests.pictures import STROKES, pixels_of

REFUSED = {
    "wide": ([32, 32, 1], 10, "softmax", "(None, 32, 32, 1)"),
    "eleven": ([28, 28, 1], 11, "softmax", "(None, 11)"),
    "logits": ([28, 28, 1], 10, "linear", "no probabilities"),
}
CONVERT = """
import json, sys
from pathlib import Path
import keras
from backend.convert import ConversionError, convert
folder = Path(sys.argv[1])
for name, (shape, classes, activation, _) in json.loads(sys.argv[2]).items():
    head = keras.layers.Dense(classes, activation)
    model = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), head])
    model.save(folder / f"{name}.keras")
    try:
        convert(folder / f"{name}.keras", folder)
    except ConversionError as error:
        print(json.dumps([name, str(error)]))
"""
KERAS = """
import keras, numpy as np, sys
model = keras.models.load_model(sys.argv[1], compile=False)
images = np.load(sys.argv[2])
np.save(sys.argv[3], model.predict(images[..., None].astype("float32"), verbose=0))
"""


def run_keras(code, *arguments):
    # In a process of its own, so that the tests' one doesn't load TensorFlow.
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True).stdout


def pretended_model(folder, content=b"model"):
    path = folder / "digit_cnn.keras"
    path.write_bytes(content)
    facts = {"version": "1", "sha256": hashlib.sha256(content).hexdigest()}
    path.with_suffix(".json").write_text(json.dumps(facts))
    return path


@pytest.fixture
def conversions(monkeypatch):
    """Converting takes no time and is counted."""
    done = []

    def convert(command, **_):
        for name in GRAPHS:
            (Path(command[-1]) / name).write_bytes(name.encode())
        done.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("backend.model_files.subprocess.run", convert)
    return done


def keras_probabilities(images, folder):
    np.save(folder / "images.npy", images)
    run_keras(KERAS, Config.model_path, folder / "images.npy", folder / "expected.npy")
    return np.load(folder / "expected.npy")


def check_equal(served, images, folder):
    expected = keras_probabilities(images, folder)
    difference = GraphClassifier(served.graph, {}).probabilities(images) - expected
    assert np.abs(difference).max() < 1e-4


def test_the_graph_equals_keras_on_a_thousand_images_of_mnist(served, mnist, tmp_path):
    images = mnist[0][:1000]
    difference = GraphClassifier(served.graph, {}).probabilities(images) - keras_probabilities(
        images, tmp_path
    )
    assert np.abs(difference).max() < 1e-4


def test_the_graph_equals_keras_on_a_thousand_drawn_and_noisy_images(served, tmp_path):
    drawn = np.array([pixels_of(digit) for digit in STROKES]).reshape(-1, 28, 28)
    images = np.resize(drawn, (1000, 28, 28)).astype(np.int64)
    images = np.clip(images + np.random.default_rng(0).integers(-60, 60, images.shape), 0, 255)
    difference = GraphClassifier(served.graph, {}).probabilities(images) - keras_probabilities(
        images, tmp_path
    )
    assert np.abs(difference).max() < 1e-4


@pytest.mark.parametrize("count", [1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH + 5])
def test_a_batch_of_any_size_equals_its_images_one_by_one(served, count):
    classifier = GraphClassifier(served.graph, {})
    images = np.random.default_rng(count).integers(0, 256, (count, 28, 28))
    together = classifier.probabilities(images)
    alone = np.concatenate([classifier.probabilities(image[None]) for image in images])
    assert together.shape == (count, 10)
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize("damaged", GRAPHS)
def test_the_graphs_are_converted_once_and_a_damaged_one_anew(tmp_path, conversions, damaged):
    path, cache = pretended_model(tmp_path), tmp_path / "cache"
    first = prepare_model(path, cache)
    assert (first.graph, first.layers) == (b"answers.tflite", b"layers.tflite")
    assert prepare_model(path, cache) == first
    assert len(conversions) == 1
    (kept,) = cache.glob(f"*{damaged}")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert prepare_model(path, cache) == first
    assert len(conversions) == 2


def test_another_model_is_converted_anew(tmp_path, conversions):
    prepare_model(pretended_model(tmp_path), tmp_path / "cache")
    prepare_model(pretended_model(tmp_path, b"another"), tmp_path / "cache")
    assert len(conversions) == 2


def test_a_cache_that_cannot_be_written_does_not_stop_the_start(tmp_path, conversions):
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    assert prepare_model(pretended_model(tmp_path), no_folder).graph == b"answers.tflite"


def test_models_of_another_shape_are_refused(tmp_path):
    refused = dict(
        json.loads(line) for line in run_keras(CONVERT, tmp_path, json.dumps(REFUSED)).splitlines()
    )
    assert set(refused) == set(REFUSED)
    for name, (*_, words) in REFUSED.items():
        assert words in refused[name]


def test_a_file_that_is_no_model_is_refused_though_its_hash_is_right(tmp_path):
    with pytest.raises(ModelError, match=r"can't be read.*make train"):
        prepare_model(pretended_model(tmp_path), tmp_path / "cache")
    assert not list(tmp_path.glob("cache/*"))


@pytest.mark.parametrize("facts", ["", "{", "[]", "{}", '{"version": 1, "sha256": "x"}', '{"version": "1"}'])
def test_facts_that_are_none_are_refused(tmp_path, facts):
    path = tmp_path / "digit_cnn.keras"
    path.write_bytes(b"")
    path.with_suffix(".json").write_text(facts)
    with pytest.raises(ModelError, match="make train"):
        prepare_model(path, tmp_path)


def test_numbers_that_are_no_probabilities_are_a_failure_and_no_answer(served, monkeypatch):
    classifier = GraphClassifier(served.graph, {})
    monkeypatch.setattr(classifier._one, "run", lambda images: {"probabilities": np.full((1, 10), np.nan)})
    with pytest.raises(FloatingPointError):
        classifier.probabilities(np.zeros((1, 28, 28)))
