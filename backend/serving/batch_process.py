"""Batches are computed in a process of their own, so that no single request waits for one.

In the worker's own process a batch would hold the interpreter while it is parsed and encoded, for tens of
milliseconds at a time. `python -m backend.serving.batch_process` is started with the first batch and ends
with its worker, however that ends: its standard input is closed then. (A ProcessPoolExecutor would leave
its processes behind when the worker is killed.)
"""

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO

from backend.api.batches import answer_batch
from backend.api.errors import Problem
from backend.api.services import BatchAnswer
from backend.reading.classifier import GraphClassifier
from backend.reading.free_blocks import Returner
from backend.reading.model_files import ServedModel
from backend.reading.settings import REPOSITORY

NICENESS = 5  # what is asked for one by one has someone waiting for it


class BatchProcess:
    """Answers batches, one after the other, in another process."""

    def __init__(self, model_of: Callable[[str], ServedModel]):
        """Answer by the model that `model_of` gives for an alphabet's name; each batch asks anew."""
        self._model_of = model_of
        self._sent: dict[str, str] = {}  # by alphabet, the version that the process has
        self._process: subprocess.Popen | None = None
        self._lock = threading.Lock()
        self._returner = Returner()

    def answer(self, body: bytes, media_type: str, alphabet: str) -> BatchAnswer:
        """Return what `answer_batch` makes of `body` by the model of `alphabet`. Raises Problem as it does.

        A process that is gone is replaced. Raises RuntimeError if the batch failed, or ended that one too.
        """
        with self._lock:
            outcome = self._asked(body, media_type, alphabet)
            if outcome is None:
                outcome = self._asked(body, media_type, alphabet)
        self._returner.memory_was_taken()  # by the body and the answer, a megabyte or so each
        if outcome is None:
            raise RuntimeError("the process that computes batches is gone")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _asked(self, body: bytes, media_type: str, alphabet: str) -> BatchAnswer | Exception | None:
        """The outcome of a batch; None where the process is gone, which may not have been told before."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            model = self._model_of(alphabet)
            version = model.facts["version"]
            new = None if self._sent.get(alphabet) == version else model
            _send(process.stdin, (body, media_type, alphabet, new))
            self._sent[alphabet] = version
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            process.kill()
            process.wait()
            return None

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backend.serving.batch_process"],
                cwd=REPOSITORY,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # a terminal's Ctrl-C is for the server, which ends us
            )
            self._sent = {}
        return self._process


def main() -> None:
    """Answer what comes on standard input, until it ends."""
    # What anyone prints goes to standard error; standard output is for answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        classifiers: dict[str, GraphClassifier] = {}
        while True:
            body, media_type, alphabet, new = pickle.load(sys.stdin.buffer)
            if new is not None:
                classifiers[alphabet] = GraphClassifier(new)
            _send(answers, _outcome(body, media_type, classifiers[alphabet]))
    except (EOFError, BrokenPipeError):
        pass


def _outcome(body: bytes, media_type: str, classifier: GraphClassifier) -> BatchAnswer | Exception:
    try:
        return answer_batch(body, media_type, classifier)
    except Problem as problem:
        return problem
    except Exception:
        return RuntimeError(f"a batch failed: {traceback.format_exc()}")


def _send(pipe: IO[bytes], what: object) -> None:
    pickle.dump(what, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


if __name__ == "__main__":
    main()
