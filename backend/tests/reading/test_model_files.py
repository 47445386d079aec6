"""The lean graph is the Keras model, and a model that can't be served is refused in words."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from backend.reading.classifier import BATCH, GraphClassifier
from backend.reading.model_files import ModelError, ServedModel, prepare_model, prepare_models
from backend.reading.settings import REPOSITORY, ReadingSettings
from backend.serving.config import Config
from backend.tests.pictures import STROKES, pixels_of
from model_training.coarseness import with_coarse_odds

pytestmark = pytest.mark.slow

REFUSED = {
    "wide": ([32, 32, 1], 10, "softmax", "(None, 32, 32, 1)"),
    "eleven": ([28, 28, 1], 11, "softmax", "(None, 11)"),
    "logits": ([28, 28, 1], 10, "linear", "no probabilities"),
    "alone": ([28, 28, 1], 1, "sigmoid", "(None, 1)"),
}
CONVERT = """
import json, sys
from pathlib import Path
import keras
from model_training.export import ExportError, convert
folder = Path(sys.argv[1])
for name, (shape, classes, activation, _) in json.loads(sys.argv[2]).items():
    head = keras.layers.Dense(classes, activation)
    model = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), head])
    model.save(folder / f"{name}.keras")
    try:
        convert(folder / f"{name}.keras", folder / "lean.tflite")
    except ExportError as error:
        print(json.dumps([name, str(error)]))
"""
SMALL_MODELS = """
import sys
from pathlib import Path
import keras, numpy as np
from keras import layers
from model_training.export import convert
folder = Path(sys.argv[1])
keras.utils.set_random_seed(1)
pixels = keras.Input((28, 28, 1))
x = layers.Rescaling(1 / 255)(pixels)
x = layers.MaxPooling2D(4, name="block1_pool")(layers.Conv2D(6, 3, activation="relu")(x))
x = layers.MaxPooling2D(2, name="block2_pool")(x)
x = layers.ReLU(name="head_relu")(layers.Dense(5)(layers.Flatten()(x)))
ten, one = layers.Dense(10, "softmax")(x), layers.Dense(1, "sigmoid")(x)
images = np.load(folder / "images.npy")[..., None].astype("float32")
for name, outputs in {
    "named": {"probabilities": ten, "is_digit": one},
    "ten first": [ten, one],
    "one first": [one, ten],
    "ten alone": ten,
}.items():
    (folder / name).mkdir()
    model = keras.Model(pixels, outputs)
    model.save(folder / name / "digit_cnn.keras")
    convert(folder / name / "digit_cnn.keras", folder / name / "digit_cnn.tflite")
SHOWN = "block1_pool", "block2_pool", "head_relu"
model = keras.Model(pixels, {"probabilities": ten, "is_digit": one})
inside = keras.Model(pixels, {n: model.get_layer(n).output for n in SHOWN})
np.savez(folder / "expected.npz", **model.predict(images, verbose=0), **inside.predict(images, verbose=0))
"""
KERAS = """
import keras, numpy as np, sys
model = keras.models.load_model(sys.argv[1], compile=False)
images = np.load(sys.argv[2])
outputs = model.predict(images[..., None].astype("float32"), verbose=0)
np.savez(sys.argv[3], **(outputs if isinstance(outputs, dict) else {"probabilities": outputs}))
"""
DRAWN = np.array([pixels_of(digit) for digit in STROKES]).reshape(-1, 28, 28)


def run_keras(code, *arguments):
    # In a process of its own, so that the tests' one doesn't load TensorFlow.
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True).stdout


def pretended_model(folder, content=b"model"):
    path = folder / "digit_cnn.keras"
    path.write_bytes(content)
    write_facts(path)
    return path


@pytest.fixture
def conversions(monkeypatch):
    """Converting takes no time and is counted."""
    done = []

    def convert(command, **_):
        Path(command[-1]).write_bytes(b"graph")
        done.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("backend.reading.model_files.subprocess.run", convert)
    return done


@pytest.fixture(scope="module")
def small_models(tmp_path_factory):
    """A folder with small networks of either kind, and what Keras makes of DRAWN."""
    folder = tmp_path_factory.mktemp("models")
    np.save(folder / "images.npy", DRAWN)
    run_keras(SMALL_MODELS, folder)
    return folder


def small_model(folder):
    return ServedModel((folder / "digit_cnn.tflite").read_bytes(), {})


def write_facts(model_path, **facts):
    digest = hashlib.sha256(model_path.read_bytes()).hexdigest()
    model_path.with_suffix(".json").write_text(json.dumps({"version": "1", "sha256": digest, **facts}))


def test_the_graph_equals_keras_on_a_thousand_images_of_each_kind(served, mnist, tmp_path):
    noise = np.random.default_rng(0).integers(-60, 60, (1000, 28, 28))
    noisy = np.clip(np.resize(DRAWN, (1000, 28, 28)).astype(np.int64) + noise, 0, 255)
    images = np.concatenate([mnist[0][:1000], noisy])
    np.save(tmp_path / "images.npy", images)
    run_keras(KERAS, Config.model_path, tmp_path / "images.npy", tmp_path / "expected.npz")
    answers = GraphClassifier(served).classify(images)
    for name, expected in np.load(tmp_path / "expected.npz").items():
        if name == "is_digit":
            expected = with_coarse_odds(expected[:, 0], images, "digits")
        assert np.abs(getattr(answers, name) - expected).max() < 1e-4, name


@pytest.mark.parametrize("count", [1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH + 5])
def test_a_batch_of_any_size_equals_its_images_one_by_one(served, count):
    classifier = GraphClassifier(served)
    images = np.random.default_rng(count).integers(0, 256, (count, 28, 28))
    together = classifier.classify(images)
    alone = [classifier.classify(image[None]) for image in images]
    assert together.probabilities.shape == (count, 10)
    for name, values in together._asdict().items():
        one_by_one = np.concatenate([getattr(answers, name) for answers in alone])
        np.testing.assert_allclose(values, one_by_one, atol=1e-5)
    np.testing.assert_allclose(together.probabilities.sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize("name", ["named", "ten first", "one first"])
def test_the_small_models_are_told_apart_whatever_their_order(small_models, name):
    expected = np.load(small_models / "expected.npz")
    answers = GraphClassifier(small_model(small_models / name)).classify(DRAWN)
    np.testing.assert_allclose(answers.probabilities, expected["probabilities"], atol=1e-4)
    is_digit = with_coarse_odds(expected["is_digit"][:, 0], DRAWN, "digits")
    np.testing.assert_allclose(answers.is_digit, is_digit, atol=1e-4)
    assert np.ptp(answers.is_digit) > 0.01


def test_activations_are_those_of_each_block_and_of_the_head(small_models):
    expected = np.load(small_models / "expected.npz")
    activations = GraphClassifier(small_model(small_models / "named")).activations(DRAWN[2])
    assert list(activations) == ["block1", "block2", "head"]
    for layer in ("block1_pool", "block2_pool", "head_relu"):
        np.testing.assert_allclose(activations[layer.split("_")[0]], expected[layer][2], atol=1e-4)


def lean(folder, graph=b"graph", **facts):
    """A pretended model with the lean copy `graph` beside it, and `facts` of both."""
    path = pretended_model(folder)
    path.with_suffix(".tflite").write_bytes(graph)
    write_facts(path, lean=lean_facts(path, graph) | facts)
    return path


def lean_facts(path, graph):
    return {
        "source_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sha256": hashlib.sha256(graph).hexdigest(),
    }


def test_a_lean_copy_that_the_facts_record_is_served_as_it_is(conversions, tmp_path):
    assert prepare_model(lean(tmp_path, b"lean"), tmp_path / "cache").graph == b"lean"
    assert conversions == []


@pytest.mark.parametrize("other", [{"source_sha256": "0" * 64}, {"sha256": "0" * 64}, {"sha256": None}])
def test_a_lean_copy_of_another_model_or_a_damaged_one_is_made_anew(conversions, tmp_path, other):
    path = lean(tmp_path, b"lean", **other)
    assert prepare_model(path, tmp_path / "cache").graph == b"graph"
    assert prepare_model(path, tmp_path / "cache").graph == b"graph"  # from the cache
    assert len(conversions) == 1
    assert path.with_suffix(".tflite").read_bytes() == b"lean"


def test_a_lean_copy_that_is_missing_is_made_anew(conversions, tmp_path):
    path = lean(tmp_path)
    path.with_suffix(".tflite").unlink()
    assert prepare_model(path, tmp_path / "cache").graph == b"graph"


def test_without_tensorflow_a_model_without_its_lean_copy_is_refused_in_words(monkeypatch, tmp_path):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"not installed here. Run `python -m model_training.export"):
        prepare_model(pretended_model(tmp_path), tmp_path / "cache")
    assert prepare_model(lean(tmp_path, b"lean"), tmp_path / "cache").graph == b"lean"


def test_the_shipped_model_has_its_lean_copy(tmp_path):
    served = prepare_model(Config.model_path, tmp_path)
    assert served.graph == Config.model_path.with_suffix(".tflite").read_bytes()
    assert served.facts["lean"]["size_bytes"] == len(served.graph)
    assert not any(tmp_path.iterdir())
    assert served.alphabet == ("digits", tuple("0123456789"))


def with_line_model(path, content=b"lines", **facts):
    path.with_name("string_cnn.tflite").write_bytes(content)
    facts = {"sha256": hashlib.sha256(content).hexdigest()} | facts
    path.with_name("string_cnn.json").write_text(json.dumps(facts))
    return path


def test_what_reads_lines_whole_is_served_with_the_digits(conversions, tmp_path):
    assert prepare_model(with_line_model(lean(tmp_path, b"lean")), tmp_path / "cache").line_graph == b"lines"


def test_letters_are_not_read_by_what_reads_lines_of_digits(conversions, tmp_path):
    path = with_line_model(lean(tmp_path, b"lean"))
    facts = json.loads(path.with_suffix(".json").read_text())
    path.with_suffix(".json").write_text(json.dumps(facts | LETTERS))
    assert prepare_model(path, tmp_path / "cache").line_graph is None


@pytest.mark.parametrize("facts", [{"sha256": "0" * 64}, {"sha256": None}])
def test_digits_are_served_without_a_damaged_model_of_lines(conversions, caplog, tmp_path, facts):
    path = with_line_model(lean(tmp_path, b"lean"), **facts)
    assert prepare_model(path, tmp_path / "cache").line_graph is None
    assert "lines are read without it" in caplog.text


@pytest.mark.parametrize("text", ["", "[]", "{}", "null"])
def test_digits_are_served_without_a_model_of_lines_whose_facts_say_nothing(conversions, tmp_path, text):
    path = with_line_model(lean(tmp_path, b"lean"))
    path.with_name("string_cnn.json").write_text(text)
    assert prepare_model(path, tmp_path / "cache").line_graph is None


LETTERS = {"alphabet": "letters", "labels": list("AB")}


def settings_of(folder, digits=None, letters=None):
    """Settings that name two pretended models, with such facts."""
    paths = []
    for name, facts in (("first", digits or {}), ("second", letters or {})):
        (folder / name).mkdir()
        paths.append(lean(folder / name, name.encode()))
        written = json.loads(paths[-1].with_suffix(".json").read_text())
        paths[-1].with_suffix(".json").write_text(json.dumps(written | facts))
    return ReadingSettings(model_path=paths[0], letters_model_path=paths[1], cache_folder=folder)


def test_letters_are_served_beside_digits_unless_they_are_left_out(tmp_path):
    settings = settings_of(tmp_path, letters=LETTERS)
    assert [model.alphabet.name for model in prepare_models(settings)] == ["digits", "letters"]
    assert [model.graph for model in prepare_models(settings, with_letters=False)] == [b"first"]


def test_a_second_model_that_reads_no_letters_is_refused_in_words(tmp_path):
    with pytest.raises(ModelError, match=r"reads digits, not letters\..*API_LETTERS=off"):
        prepare_models(settings_of(tmp_path))


def test_where_the_first_model_reads_letters_no_second_one_is_loaded(tmp_path):
    models = prepare_models(settings_of(tmp_path, digits=LETTERS, letters=LETTERS))
    assert [model.graph for model in models] == [b"first"]


@pytest.mark.parametrize(
    "facts",
    [{"labels": list("ab")}, {"alphabet": "letters"}, {"alphabet": "letters", "labels": "ab"}]
    + [{"alphabet": "letters", "labels": labels} for labels in ([], ["a"], ["a", "a"], ["a", 1], ["a", ""])]
    + [{"alphabet": 7, "labels": ["a", "b"]}, {"alphabet": "", "labels": ["a", "b"]}],
)  # fmt: skip
def test_labels_that_are_none_are_refused(tmp_path, facts):
    path = pretended_model(tmp_path)
    write_facts(path, **facts)
    with pytest.raises(ModelError, match=r"'alphabet'.*two different 'labels'.*make train"):
        prepare_model(path, tmp_path)


def test_labels_that_do_not_fit_the_model_are_refused(small_models):
    model = small_model(small_models / "named")
    with pytest.raises(ValueError, match="name 3 labels, it has 10"):
        GraphClassifier(ServedModel(model.graph, {"alphabet": "letters", "labels": list("abc")}))


def test_a_model_that_tells_digits_is_served_with_its_threshold(small_models, tmp_path):
    path = small_models / "named" / "digit_cnn.keras"
    write_facts(path, refusal={"threshold": 0.25})
    model = prepare_model(path, tmp_path)
    assert GraphClassifier(model).threshold == 0.25
    # The graph comes from the cache now.
    write_facts(path)
    with pytest.raises(ModelError, match=r"no 'refusal' with the 'threshold'.*make train"):
        prepare_model(path, tmp_path)


def test_a_model_that_does_not_tell_digits_refuses_nothing(small_models, tmp_path):
    path = small_models / "ten alone" / "digit_cnn.keras"
    write_facts(path, lean=lean_facts(path, path.with_suffix(".tflite").read_bytes()))
    model = prepare_model(path, tmp_path)
    classifier = GraphClassifier(model)
    assert (classifier.classify(DRAWN).is_digit >= classifier.threshold).all()


@pytest.mark.parametrize(
    "refusal", [None, {}, 0.4, {"threshold": None}, {"threshold": True}, {"threshold": "0.4"}]
    + [{"threshold": -0.1}, {"threshold": 1.1}, {"threshold": float("nan")}],
)  # fmt: skip
def test_a_threshold_that_is_none_is_refused(tmp_path, refusal):
    path = pretended_model(tmp_path)
    write_facts(path, refusal=refusal)
    with pytest.raises(ModelError, match=r"'threshold' from 0 to 1.*make train"):
        prepare_model(path, tmp_path)


def test_numbers_that_are_no_probabilities_are_a_failure_and_no_answer(served, monkeypatch):
    classifier = GraphClassifier(served)
    monkeypatch.setattr(
        classifier._one, "run", lambda images, names: {"probabilities": np.full((1, 10), np.nan)}
    )
    with pytest.raises(FloatingPointError):
        classifier.classify(np.zeros((1, 28, 28)))
