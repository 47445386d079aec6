"""Metrics in Prometheus format, right across worker processes.

prometheus_client decides on import whether it counts in memory or in files that all workers share
(where PROMETHEUS_MULTIPROC_DIR is set): the server sets it before anything imports this module.
"""

import os
from collections.abc import Mapping
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

SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
BUCKETS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1, 2, 5)


class Metrics:
    """What is counted: requests by outcome and their latency, predictions by label or reason, the model."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, facts: Mapping[str, Any]):
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
        self._predictions = Counter(
            "predictions", "Images predicted, by digit", ["digit"], registry=self._registry
        )
        self._refusals = Counter(
            "refusals",
            "Images in which no digit is recognised, by reason",
            ["reason"],
            registry=self._registry,
        )
        # The page asks for an explanation of what it has a prediction of: they aren't to be added up.
        self._explanations = Counter(
            "explanations", "Images explained, by digit", ["digit"], registry=self._registry
        )
        model = Gauge(
            "model_info",
            "The model that is served",
            ["version", "sha256"],
            registry=self._registry,
            multiprocess_mode="max",
        )
        model.labels(facts["version"], facts.get("sha256", "")).set(1)

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

    def count_prediction(self, character: str | None, reason: str | None, times: int = 1) -> None:
        """Count images predicted as `character`, or as "none" and under their `reason`."""
        self._predictions.labels(character or "none").inc(times)
        if reason:
            self._refusals.labels(reason).inc(times)

    def count_explanation(self, character: str | None) -> None:
        """Count an image explained that shows `character`, or none."""
        self._explanations.labels(character or "none").inc()

    def exposition(self) -> bytes:
        """Return all metrics, of all workers, in Prometheus's text format."""
        registry = self._registry
        if os.environ.get(SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return generate_latest(registry)
