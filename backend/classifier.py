"""The classifier: framed pixels become probabilities."""

import threading
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from model_training.framing import SIDE

CLASSES = 10
PROBABILITIES = "probabilities"  # the output of the graph
HEAD = "head"  # the name of the dense layer's activations; the blocks' are block1, block2, ...
# Larger batches are no faster on one core, and their activations no longer fit its cache.
BATCH = 16


class Classifier(Protocol):
    """What the routes need of a classifier; tests bring one of their own."""

    facts: dict[str, Any]  # what models/digit_cnn.json says, "version" at least

    def probabilities(self, pixels: np.ndarray) -> np.ndarray:
        """Return probabilities, (n, 10) float64 with rows summing to 1, of `pixels`, (n, 28, 28) 0..255."""
        ...

    def activations(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """Return what each layer makes of `image`, (28, 28) 0..255, by name, the first layer first.

        A block's is (height, width, maps) float, the head's (units,).
        """
        ...


class GraphClassifier:
    """A classifier that runs the lean graph (LiteRT) made from the Keras model.

    It is warm when the constructor returns, but for `layers`, a second graph whose outputs are the
    activations: few ask for them. One thread computes at a time, on one core.
    """

    def __init__(self, graph: bytes, facts: dict[str, Any], layers: bytes = b""):
        self.facts = facts
        self._lock = threading.Lock()
        self._layers = layers
        self._one = _Interpreter(graph, 1)
        self._many = _Interpreter(graph, BATCH)
        self.probabilities(np.zeros((BATCH + 1, SIDE, SIDE)))

    def probabilities(self, pixels: np.ndarray) -> np.ndarray:
        """See Classifier. Raises FloatingPointError if the model gives anything but probabilities."""
        images = pixels.reshape(-1, SIDE, SIDE, 1).astype(np.float32)  # (n, 28, 28, 1)
        raw = np.empty((len(images), CLASSES), np.float64)
        with self._lock:
            whole = len(images) - len(images) % BATCH
            for start in range(0, whole, BATCH):
                raw[start : start + BATCH] = self._many.run(images[start : start + BATCH])[PROBABILITIES]
            for index in range(whole, len(images)):
                raw[index] = self._one.run(images[index : index + 1])[PROBABILITIES][0]
        total = raw.sum(axis=1, keepdims=True)  # (n, 1)
        if not np.all(np.abs(total - 1) < 0.01):  # also catches NaN
            raise FloatingPointError("the model gave numbers that are no probabilities")
        return raw / total

    def activations(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """See Classifier. A graph without such layers gives none."""
        if not self._layers:
            return {}
        with self._lock:
            values = self._inside.run(image.reshape(1, SIDE, SIDE, 1).astype(np.float32))
        # block10 comes after block9.
        names = sorted(values, key=lambda name: (name == HEAD, len(name), name))
        return {name: values[name][0] for name in names}

    @cached_property
    def _inside(self) -> "_Interpreter":
        return _Interpreter(self._layers, 1)


class _Interpreter:
    def __init__(self, graph: bytes, batch: int):
        # Imported here, so that a test with a stand-in classifier doesn't load the runtime.
        from ai_edge_litert.interpreter import Interpreter

        self._graph = graph  # the interpreter reads from this buffer and doesn't own it
        self._interpreter = Interpreter(model_content=graph, num_threads=1)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = self._interpreter.get_signature_runner().get_output_details()
        self._outputs = {name: output["index"] for name, output in outputs.items()}
        self._interpreter.resize_tensor_input(self._input, (batch, SIDE, SIDE, 1))
        self._interpreter.allocate_tensors()

    def run(self, images: np.ndarray) -> dict[str, np.ndarray]:
        """Return every output of the graph by name."""
        self._interpreter.set_tensor(self._input, images)
        self._interpreter.invoke()
        return {name: self._interpreter.get_tensor(index) for name, index in self._outputs.items()}
