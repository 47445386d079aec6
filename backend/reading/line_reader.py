"""A line of digits read whole: the outputs along it of a network that was trained on strings."""

import threading
from typing import Protocol

import numpy as np

LINE_HEIGHT = 32  # px, of what it reads; characters are about 20 px high
STEP = 32  # px, to a multiple of which lines are widened
WIDEST = 1024  # px; a longer line is not read whole
PLACE = 2  # px, that an output is wide


class LineReader(Protocol):
    """What reading needs of it; tests bring one of their own."""

    def read(self, ink: np.ndarray) -> np.ndarray:
        """Return the logarithms of probabilities, (width / 2, labels + 1), the blank last.

        `ink` is (32, width) 0..255, `width` a multiple of 32.
        """
        ...


class GraphLineReader:
    """Runs the lean network (LiteRT), for one thread at a time, on one core."""

    def __init__(self, graph: bytes):
        # Imported here, so that a test with a stand-in doesn't load the runtime.
        from ai_edge_litert.interpreter import Interpreter

        self._graph = graph  # the interpreter reads from this buffer and doesn't own it
        self._lock = threading.Lock()
        self._interpreter = Interpreter(model_content=graph, num_threads=1)
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]
        self._width = 0

    def read(self, ink: np.ndarray) -> np.ndarray:
        """See LineReader. Raises FloatingPointError if the network gives anything but probabilities."""
        with self._lock:
            if ink.shape[1] != self._width:
                self._interpreter.resize_tensor_input(self._input, (1, *ink.shape, 1))
                self._interpreter.allocate_tensors()
                self._width = ink.shape[1]
            self._interpreter.set_tensor(self._input, ink[None, ..., None].astype(np.float32))
            self._interpreter.invoke()
            probabilities = self._interpreter.get_tensor(self._output)[0].astype(np.float64)
        # Written so that NaN fails too.
        if not np.all(np.abs(probabilities.sum(axis=1) - 1) < 0.01):
            raise FloatingPointError("the model of lines gave numbers that are no probabilities")
        return np.log(np.maximum(probabilities, 1e-9))
