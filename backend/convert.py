"""Turn the Keras model into a lean graph (LiteRT), in a process of its own.

`python -m backend.convert MODEL.keras GRAPH.tflite` is run by `model_files`, so that TensorFlow's
memory and start-up time are never those of a server process.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np

INPUT = (None, 28, 28, 1)
OUTPUT = (None, 10)
TOLERANCE = 1e-4


class ConversionError(Exception):
    """A model that can't be served; the message is a part of a sentence."""


def convert(model_path: Path, graph_path: Path) -> None:
    """Write the graph of the model at `model_path` to `graph_path`, checked against the model.

    Raises ConversionError if the model isn't of the served shape or the graph's probabilities differ.
    """
    try:
        model = keras.models.load_model(model_path, compile=False, safe_mode=True)
    except Exception as error:
        raise ConversionError(f"can't be read ({str(error).splitlines()[0][:200]})") from error
    if model.input_shape != INPUT or model.output_shape != OUTPUT:
        raise ConversionError(
            f"takes {model.input_shape} and gives {model.output_shape}, not {INPUT} and {OUTPUT}"
        )
    model.export(graph_path, format="litert", verbose=False)
    _check(model, graph_path.read_bytes())


def _check(model: keras.Model, graph: bytes) -> None:
    from backend.classifier import GraphClassifier

    noise = np.random.default_rng(0).integers(0, 256, (64, 28, 28))
    expected = model.predict(noise[..., None].astype(np.float32), verbose=0)
    if not np.allclose(expected.sum(axis=1), 1, atol=1e-3):
        raise ConversionError("gives numbers that are no probabilities (they must sum to 1)")
    difference = np.abs(GraphClassifier(graph, {}).probabilities(noise) - expected).max()
    if not difference < TOLERANCE:
        raise ConversionError(f"and its graph differ by {difference:.2g}")


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except ConversionError as error:
        # The last line of standard output is what the caller quotes.
        print(error)
        sys.exit(3)
