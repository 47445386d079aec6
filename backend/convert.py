"""Turn the Keras model into lean graphs (LiteRT), in a process of its own.

`python -m backend.convert MODEL.keras FOLDER` is run by `model_files`, so that TensorFlow's memory and
start-up time are never those of a server process.
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

from backend.classifier import HEAD, PROBABILITIES, GraphClassifier
from backend.model_files import GRAPHS

ANSWERS, LAYERS = GRAPHS
INPUT = (None, 28, 28, 1)
OUTPUT = (None, 10)
TOLERANCE = 1e-4
SHOWN = re.compile(rf"(block\d+)_pool|({HEAD})_relu")


class ConversionError(Exception):
    """A model that can't be served; the message is a part of a sentence."""


def convert(model_path: Path, folder: Path) -> None:
    """Write the graphs of the model at `model_path` into `folder`, checked against the model.

    ANSWERS gives the probabilities, LAYERS the activations of each block and of the head; it is empty
    for a network without layers of those names.

    Raises ConversionError if the model isn't of the served shape or a graph's outputs differ.
    """
    try:
        model = keras.models.load_model(model_path, compile=False, safe_mode=True)
    except Exception as error:
        raise ConversionError(f"can't be read ({str(error).splitlines()[0][:200]})") from error
    if model.input_shape != INPUT or model.output_shape != OUTPUT:
        raise ConversionError(
            f"takes {model.input_shape} and gives {model.output_shape}, not {INPUT} and {OUTPUT}"
        )
    graph = _export(keras.Model(model.inputs, {PROBABILITIES: model.outputs[0]}), folder / ANSWERS)
    shown = {name: model.get_layer(layer).output for name, layer in _shown_layers(model).items()}
    inside = keras.Model(model.inputs, shown) if shown else None
    layers = _export(inside, folder / LAYERS) if inside else b""
    (folder / LAYERS).write_bytes(layers)
    _check(model, inside, GraphClassifier(graph, {}, layers))


def _shown_layers(model: keras.Model) -> dict[str, str]:
    matches = [SHOWN.fullmatch(layer.name) for layer in model.layers]
    return {match[1] or match[2]: match[0] for match in matches if match}


def _export(model: keras.Model, path: Path) -> bytes:
    model.export(path, format="litert", verbose=False)
    return path.read_bytes()


def _check(model: keras.Model, inside: keras.Model | None, graphs: GraphClassifier) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 28, 28))
    expected = _predict(model, noise)
    if not np.allclose(expected.sum(axis=1), 1, atol=1e-3):
        raise ConversionError("gives numbers that are no probabilities (they must sum to 1)")
    difference = np.abs(graphs.probabilities(noise) - expected).max()
    if not difference < TOLERANCE:
        raise ConversionError(f"and its graph differ by {difference:.2g}")
    if inside:
        values = graphs.activations(noise[0])
        for name, layer in _predict(inside, noise[:1]).items():
            if not np.allclose(values[name], layer[0], rtol=1e-3, atol=1e-3 * np.abs(layer).max()):
                raise ConversionError(f"and its graph differ in {name}")


def _predict(model: keras.Model, images: np.ndarray):
    return model.predict(images[..., None].astype(np.float32), verbose=0)


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except ConversionError as error:
        # The last line of standard output is what the caller quotes.
        print(error)
        sys.exit(3)
