"""Metrics in Prometheus format, right across worker processes.

prometheus_client decides on import whether it counts in memory or in files that all workers share
(where PROMETHEUS_MULTIPROC_DIR is set): the server sets it before anything imports this module.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from backend.reading.alphabet import DIGITS, Alphabet

SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
BUCKETS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1, 2, 5)


class _OfAlphabet:
    """What is counted of one alphabet."""

    def __init__(self, alphabet: Alphabet, facts: Mapping[str, Any], registry: CollectorRegistry):
        one, prefix = alphabet.one, alphabet.prefix
        self.predictions = Counter(
            f"{prefix}predictions", f"Images predicted, by {one}", [one], registry=registry
        )
        self.refusals = Counter(
            f"{prefix}refusals",
            f"Images in which no {one} is recognised, by reason",
            ["reason"],
            registry=registry,
        )
        # The page asks for an explanation of what it has a prediction of: they aren't to be added up.
        self.explanations = Counter(
            f"{prefix}explanations", f"Images explained, by {one}", [one], registry=registry
        )
        self._model = Gauge(
            f"{prefix}model_info",
            f"The model that is served for {alphabet.name}",
            ["version", "sha256"],
            registry=registry,
            multiprocess_mode="max",
        )
        self.serve(facts, True)

    def serve(self, facts: Mapping[str, Any], served: bool) -> None:
        """Say whether the model with these facts is served."""
        self._model.labels(facts["version"], facts.get("sha256", "")).set(int(served))


class Metrics:
    """What is counted: requests by outcome and their latency, predictions by label or reason, the model."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, models: Sequence[tuple[Alphabet, Mapping[str, Any]]]):
        """Count what `models`, alphabets with the facts of their models, answer.

        What is counted of letters is named `letter_predictions`, and so on; of digits plainly `predictions`.
        """
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests",
            "Requests answered, by route, method and status",
            ["route", "method", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "http_request_seconds",
            "Time from the request's arrival to its answer",
            ["route"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._of = {alphabet.name: _OfAlphabet(alphabet, facts, self._registry) for alphabet, facts in models}

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request; `route` is the rule that matched, never the path that was sent."""
        method = method if method in METHODS else "other"
        key = (route, method, status)
        # Looking labels up costs more than counting, and there are few of them.
        if key not in self._children:
            counter = self._requests.labels(route, method, str(status))
            self._children[key] = (counter, self._seconds.labels(route))
        counter, histogram = self._children[key]
        counter.inc()
        histogram.observe(seconds)

    def count_prediction(
        self, alphabet: Alphabet, character: str | None, reason: str | None, times: int = 1
    ) -> None:
        """Count images predicted as `character` of `alphabet`, or as "none" and under their `reason`."""
        of = self._of[alphabet.name]
        of.predictions.labels(character or "none").inc(times)
        if reason:
            of.refusals.labels(reason).inc(times)

    def count_explanation(self, alphabet: Alphabet, character: str | None) -> None:
        """Count an image explained that shows `character` of `alphabet`, or none."""
        self._of[alphabet.name].explanations.labels(character or "none").inc()

    def swap(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Say that another model is served, by the facts of both, which read the same alphabet."""
        of = self._of[after.get("alphabet", DIGITS.name)]
        of.serve(before, False)
        of.serve(after, True)

    def exposition(self) -> bytes:
        """Return all metrics, of all workers, in Prometheus's text format."""
        registry = self._registry
        if os.environ.get(SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return generate_latest(registry)
