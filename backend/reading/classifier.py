"""The classifier: framed pixels become probabilities, of each digit and of being a digit at all."""

import threading
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from model_training.framing import SIDE

CLASSES = 10
PROBABILITIES, IS_DIGIT = "probabilities", "is_digit"  # the outputs of the graph
HEAD = "head"  # the name of the dense layer's activations; the blocks' are block1, block2, ...
# Larger batches are no faster on one core, and their activations no longer fit its cache.
BATCH = 16


class Answers(NamedTuple):
    """What a classifier says of n images."""

    probabilities: np.ndarray  # (n, 10) float64, rows summing to 1
    is_digit: np.ndarray  # (n,) in 0..1, the probability that the image shows a digit at all


class Classifier(Protocol):
    """What the routes need of a classifier; tests bring one of their own."""

    facts: dict[str, Any]  # what models/digit_cnn.json says, "version" at least
    threshold: float  # where `is_digit` is below it, the image is no digit

    def classify(self, pixels: np.ndarray) -> Answers:
        """Return the answers for `pixels`, (n, 28, 28) 0..255."""
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
        self.threshold = facts.get("refusal", {}).get("threshold", 0.0)
        self._lock = threading.Lock()
        self._layers = layers
        self._one = _Interpreter(graph, 1)
        self._many = _Interpreter(graph, BATCH)
        self.classify(np.zeros((BATCH + 1, SIDE, SIDE)))

    def classify(self, pixels: np.ndarray) -> Answers:
        """See Classifier. A graph without `is_digit` takes everything for a digit.

        Raises FloatingPointError if the model gives anything but probabilities.
        """
        images = pixels.reshape(-1, SIDE, SIDE, 1).astype(np.float32)  # (n, 28, 28, 1)
        raw, is_digit = np.empty((len(images), CLASSES), np.float64), np.ones(len(images))
        whole = len(images) - len(images) % BATCH
        parts = [(self._many, slice(start, start + BATCH)) for start in range(0, whole, BATCH)]
        parts += [(self._one, slice(index, index + 1)) for index in range(whole, len(images))]
        with self._lock:
            for interpreter, part in parts:
                outputs = interpreter.run(images[part])
                raw[part] = outputs[PROBABILITIES]
                if IS_DIGIT in outputs:
                    is_digit[part] = outputs[IS_DIGIT][:, 0]
        total = raw.sum(axis=1, keepdims=True)  # (n, 1)
        # Written so that NaN fails too.
        if not (np.all(np.abs(total - 1) < 0.01) and np.all(np.abs(is_digit - 0.5) <= 0.5)):
            raise FloatingPointError("the model gave numbers that are no probabilities")
        return Answers(raw / total, is_digit)

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
