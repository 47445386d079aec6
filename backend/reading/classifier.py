"""The classifier: framed pixels become probabilities, of each label and of being a character at all."""

import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np

from backend.reading.alphabet import Alphabet
from backend.reading.line_reader import GraphLineReader, LineReader
from backend.reading.model_files import IS_DIGIT, ServedModel
from model_training.coarseness import with_coarse_odds
from model_training.framing import SIDE

PROBABILITIES = "probabilities"  # an output of the graph, as IS_DIGIT is
HEAD = "head"  # the name of the dense layer's activations; the blocks' are block1, block2, ...
# Larger batches are no faster on one core, and their activations no longer fit its cache.
BATCH = 16
NO_PROBABILITIES = "the model gave numbers that are no probabilities"


class Outputs(NamedTuple):
    """What a classifier says of n images."""

    probabilities: np.ndarray  # (n, labels) float64, rows summing to 1
    # (n,) in 0..1, the probability that the image shows a character at all, higher where it is coarse
    is_digit: np.ndarray


class Classifier(Protocol):
    """What reading needs of a classifier; tests bring one of their own."""

    facts: Mapping[str, Any]  # what models/digit_cnn.json says, "version" at least
    alphabet: Alphabet  # of what `probabilities` are
    threshold: float  # where `is_digit` is below it, the image is refused

    @property
    def line_reader(self) -> LineReader | None:
        """What reads lines of its labels whole; None where there is no such network."""
        ...

    def classify(self, pixels: np.ndarray) -> Outputs:
        """Return the outputs for `pixels`, (n, 28, 28) 0..255."""
        ...

    def activations(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """Return what each layer makes of `image`, (28, 28) 0..255, by name, the first layer first.

        A block's is (height, width, maps) float, the head's (units,).
        """
        ...


class GraphClassifier:
    """A classifier that runs the lean copy (LiteRT) of the Keras model; warm when it is made.

    An image alone never waits for many: they are computed apart, a few at a time.
    """

    def __init__(self, model: ServedModel):
        self.facts: Mapping[str, Any] = model.facts
        self.alphabet, self.threshold = model.alphabet, model.threshold
        self.line_reader = GraphLineReader(model.line_graph) if model.line_graph else None
        self._one = _Interpreter(model.graph, 1)
        self._many = _Interpreter(model.graph, BATCH)
        labels = self._one.shapes[PROBABILITIES][-1]
        if labels != len(self.alphabet.labels):
            raise ValueError(f"the model's facts name {len(self.alphabet.labels)} labels, it has {labels}")
        self.classify(np.zeros((BATCH + 1, SIDE, SIDE)))

    def classify(self, pixels: np.ndarray) -> Outputs:
        """See Classifier. A graph without `is_digit` takes everything for a character.

        Raises FloatingPointError if the model gives anything but probabilities.
        """
        images = pixels.reshape(-1, SIDE, SIDE, 1).astype(np.float32)  # (n, 28, 28, 1)
        if len(images) == 1:
            return self._of_one(images, pixels.reshape(1, SIDE, SIDE))
        raw = np.empty((len(images), len(self.alphabet.labels)), np.float64)
        is_digit = np.ones(len(images))
        whole = len(images) - len(images) % BATCH
        parts = [(self._many, slice(start, start + BATCH)) for start in range(0, whole, BATCH)]
        parts += [(self._one, slice(index, index + 1)) for index in range(whole, len(images))]
        for interpreter, part in parts:
            outputs = interpreter.run(images[part], (PROBABILITIES, IS_DIGIT))
            raw[part] = outputs[PROBABILITIES]
            if IS_DIGIT in outputs:
                is_digit[part] = outputs[IS_DIGIT][:, 0]
        total = raw.sum(axis=1, keepdims=True)  # (n, 1)
        # Written so that NaN fails too.
        if not (np.all(np.abs(total - 1) < 0.01) and np.all(np.abs(is_digit - 0.5) <= 0.5)):
            raise FloatingPointError(NO_PROBABILITIES)
        return Outputs(
            raw / total, with_coarse_odds(is_digit, pixels.reshape(-1, SIDE, SIDE), self.alphabet.name)
        )

    def _of_one(self, images: np.ndarray, pixels: np.ndarray) -> Outputs:
        """The same for a single image: what NumPy needs for each small operation would add up."""
        outputs = self._one.run(images, (PROBABILITIES, IS_DIGIT))
        raw = outputs[PROBABILITIES].astype(np.float64)  # (1, labels)
        is_digit = float(outputs[IS_DIGIT][0, 0]) if IS_DIGIT in outputs else 1.0
        total = float(raw.sum())
        if not (abs(total - 1) < 0.01 and abs(is_digit - 0.5) <= 0.5):
            raise FloatingPointError(NO_PROBABILITIES)
        return Outputs(raw / total, with_coarse_odds(np.array([is_digit]), pixels, self.alphabet.name))

    def activations(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """See Classifier. A graph without such layers gives none."""
        # block10 comes after block9.
        names = sorted(
            self._one.shapes.keys() - {PROBABILITIES, IS_DIGIT},
            key=lambda name: (name == HEAD, len(name), name),
        )
        values = self._one.run(image.reshape(1, SIDE, SIDE, 1).astype(np.float32), names)
        return {name: values[name][0] for name in names}


class _Interpreter:
    """Runs the graph for `batch` images at a time, for one thread at a time, on one core."""

    def __init__(self, graph: bytes, batch: int):
        # Imported here, so that a test with a stand-in classifier doesn't load the runtime.
        from ai_edge_litert.interpreter import Interpreter

        self._graph = graph  # the interpreter reads from this buffer and doesn't own it
        self._lock = threading.Lock()
        self._interpreter = Interpreter(model_content=graph, num_threads=1)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = self._interpreter.get_signature_runner().get_output_details()
        self.shapes = {name: tuple(output["shape"]) for name, output in outputs.items()}
        self._indices = {name: output["index"] for name, output in outputs.items()}
        self._interpreter.resize_tensor_input(self._input, (batch, SIDE, SIDE, 1))
        self._interpreter.allocate_tensors()

    def run(self, images: np.ndarray, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Return those outputs of the graph that are among `names`, by name."""
        with self._lock:
            self._interpreter.set_tensor(self._input, images)
            self._interpreter.invoke()
            return {
                name: self._interpreter.get_tensor(self._indices[name])
                for name in names
                if name in self._indices
            }
