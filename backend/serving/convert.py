"""Turn the Keras model into lean graphs (LiteRT), in a process of its own.

`python -m backend.serving.convert MODEL.keras FOLDER` is run by `model_files`, so that TensorFlow's
memory and start-up time are never those of a server process.
"""

import os
import re
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np

from backend.reading.classifier import HEAD, IS_DIGIT, PROBABILITIES, Answers, GraphClassifier
from backend.reading.model_files import GRAPHS

ANSWERS, LAYERS = GRAPHS
INPUT = (None, 28, 28, 1)
OUTPUTS = {(None, 10): PROBABILITIES, (None, 1): IS_DIGIT}  # the second may be missing
TOLERANCE = 1e-4
RANDOM = np.random.default_rng(0)
# From dense to sparse: what is checked must not be the same answer 64 times.
NOISE = RANDOM.integers(0, 256, (64, 28, 28)) * (
    RANDOM.random((64, 28, 28)) > np.linspace(0, 0.95, 64)[:, None, None]
)
SHOWN = re.compile(rf"(block\d+)_pool|({HEAD})_relu")


class ConversionError(Exception):
    """A model that can't be served; the message is a part of a sentence."""


def convert(model_path: Path, folder: Path) -> None:
    """Write the graphs of the model at `model_path` into `folder`, checked against the model.

    ANSWERS gives the probabilities and, if the model has that output, `is_digit`. LAYERS gives the
    activations of each block and of the head; it is empty for a network without layers of those names.

    Raises ConversionError if the model isn't of the served shape or a graph's outputs differ.
    """
    try:
        model = keras.models.load_model(model_path, compile=False, safe_mode=True)
    except Exception as error:
        raise ConversionError(f"can't be read ({str(error).splitlines()[0][:200]})") from error
    outputs = {OUTPUTS.get(tuple(output.shape)): output for output in model.outputs}
    known = PROBABILITIES in outputs and None not in outputs and len(outputs) == len(model.outputs)
    if model.input_shape != INPUT or not known:
        raise ConversionError(
            f"takes {model.input_shape} and gives {model.output_shape}, not {INPUT} and (None, 10), "
            "alone or with (None, 1)"
        )
    answers = keras.Model(model.inputs, outputs)
    shown = {name: model.get_layer(layer).output for name, layer in _shown_layers(model).items()}
    inside = keras.Model(model.inputs, shown) if shown else None
    expected = _expected_answers(answers)
    graph = _export(answers, folder / ANSWERS)
    layers = _export(inside, folder / LAYERS) if inside else b""
    (folder / LAYERS).write_bytes(layers)
    graphs = GraphClassifier(graph, {}, layers)
    _check_answers(graphs.classify(NOISE), expected)
    if inside:
        _check_layers(graphs.activations(NOISE[0]), _predict(inside, NOISE[:1]))


def _shown_layers(model: keras.Model) -> dict[str, str]:
    matches = [SHOWN.fullmatch(layer.name) for layer in model.layers]
    return {match[1] or match[2]: match[0] for match in matches if match}


def _export(model: keras.Model, path: Path) -> bytes:
    model.export(path, format="litert", verbose=False)
    return path.read_bytes()


def _expected_answers(model: keras.Model) -> dict[str, np.ndarray]:
    expected = _predict(model, NOISE)
    if not np.allclose(expected[PROBABILITIES].sum(axis=1), 1, atol=1e-3):
        raise ConversionError("gives numbers that are no probabilities (they must sum to 1)")
    if IS_DIGIT in expected and not np.all(np.abs(expected[IS_DIGIT] - 0.5) <= 0.5):
        raise ConversionError("gives a number that is no probability (it must lie in 0..1)")
    return expected


def _check_answers(answers: Answers, expected: dict[str, np.ndarray]) -> None:
    for name, values in expected.items():
        difference = np.abs(getattr(answers, name).reshape(values.shape) - values).max()
        if not difference < TOLERANCE:
            raise ConversionError(f"and its graph differ by {difference:.2g} in {name}")


def _check_layers(activations: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> None:
    for name, (values,) in expected.items():
        if not np.allclose(activations[name], values, rtol=0, atol=1e-3 * np.abs(values).max()):
            raise ConversionError(f"and its graph differ in {name}")


def _predict(model: keras.Model, images: np.ndarray) -> dict[str, np.ndarray]:
    return model.predict(images[..., None].astype(np.float32), verbose=0)


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except ConversionError as error:
        # The last line of standard output is what the caller quotes.
        print(error)
        sys.exit(3)
