"""The plain prediction, one image of 784 numbers sent by a program, answered without Flask.

It is what loads a server, and through Flask it would cost twice as much. Whatever isn't plain, mistakes
among it, is Flask's to answer; the answers are the same, headers and all.
"""

import os
import re
import time
from collections.abc import MutableMapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pydantic_core import from_json, to_json

from backend.api.bodies import JSON
from backend.api.observation import REQUEST_ID, SECURITY_HEADERS, log_request
from backend.api.predictions import as_document
from backend.api.services import Metrics
from backend.api.settings import ApiSettings
from backend.reading.alphabet import Alphabet
from backend.reading.classifier import Classifier
from backend.reading.framed_image import predict_framed
from model_training.framing import SIDE

PLAIN = "plain_predictions"  # among an app's extensions, where its plain requests may be answered without it
PATH = "/predict"
PLAIN_BODY = re.compile(
    rb'\s*\{\s*"pixels"\s*:\s*\[[0-9,\s]+\]\s*\}\s*'
)  # no fractions, no signs, no booleans
HEADERS = [(b"content-type", JSON.encode())] + [
    (name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()
]
# What a plain request may tell of itself; of these its media type and its id matter here.
PLAIN_HEADERS = {
    b"accept",
    b"accept-encoding",
    b"accept-language",
    b"connection",
    b"content-length",
    b"content-type",
    b"host",
    b"user-agent",
    b"x-forwarded-for",
    b"x-forwarded-proto",
    b"x-real-ip",
    b"x-request-id",
}


class PlainAnswer(NamedTuple):
    """An answer as ASGI has it."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class PlainPredictions:
    """Answers plain requests, for a server that limits nobody's rate."""

    def __init__(self, settings: ApiSettings, classifiers: Sequence[Classifier], metrics: Metrics):
        self._most = settings.max_json_bytes
        self._classifiers = classifiers
        self._metrics = metrics
        self._unsettled: list[tuple[str, float, Alphabet, str | None, str | None]] = []

    def answer(self, scope: MutableMapping[str, Any], body: bytes) -> PlainAnswer | None:
        """Return the answer to the request of an ASGI `scope` with `body`; None if Flask is to answer it."""
        if scope["path"] != PATH or scope["method"] != "POST" or scope["query_string"]:
            return None
        started = time.perf_counter()
        headers = dict(scope["headers"])
        if (
            headers.get(b"content-type") != b"application/json"
            or int(headers[b"content-length"]) != len(body)
            or len(body) > self._most
            or not headers.keys() <= PLAIN_HEADERS
            or not PLAIN_BODY.fullmatch(body)
        ):
            return None
        classifier = self._classifiers[0]
        try:
            pixels = from_json(body)["pixels"]
            prediction = predict_framed(
                np.frombuffer(bytes(pixels), np.uint8).reshape(SIDE, SIDE), classifier
            )
        except (ValueError, FloatingPointError):
            return None  # for Flask to put into words: no JSON, not 784, over 255, or the model failed
        if prediction is None:
            return None
        document = to_json(as_document(prediction, pixels, classifier))
        request_id = headers.get(b"x-request-id", b"").decode("latin-1")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = os.urandom(8).hex()
        found = prediction["character"], prediction.get("reason")
        self._unsettled.append((request_id, time.perf_counter() - started, classifier.alphabet, *found))
        told = [(b"content-length", b"%d" % len(document)), (b"x-request-id", request_id.encode())]
        return PlainAnswer(200, HEADERS + told, document)

    @property
    def is_settled(self) -> bool:
        """Whether all that was answered is counted and logged."""
        return not self._unsettled

    def settle(self) -> None:
        """Count and log what was answered: several at a time cost a fraction of what they would alone."""
        answered, self._unsettled = self._unsettled, []
        for request_id, seconds, alphabet, character, reason in answered:
            self._metrics.count_prediction(alphabet, character, reason)
            self._metrics.count_request(PATH, "POST", 200, seconds)
            log_request(request_id, "POST", PATH, 200, seconds)
