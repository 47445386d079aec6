"""The application with all that it is served with."""

from flask import Flask

from backend.api.app import create_app
from backend.api.services import Batches, Limiter, Services
from backend.reading.classifier import Classifier
from backend.reading.learnt_models import LiveClassifiers
from backend.serving.config import Config
from backend.serving.metrics import Metrics


def assemble(
    config: Config,
    *classifiers: Classifier,
    limiter: Limiter | None = None,
    lesson_limiter: Limiter | None = None,
    drawing_limiter: Limiter | None = None,
    batches: Batches | None = None,
    live: LiveClassifiers | None = None,
) -> Flask:
    """Return the WSGI application, with all that is counted.

    The first of `classifiers`, each of another alphabet, is asked where a request names no alphabet.

    The limiters, of all requests, of corrections and of shared drawings, are common to the workers, so they
    are made outside; None limits nobody. Without `batches` a batch is answered in the thread that it came to.
    With `live`, of which `classifiers` are those of now, whichever it holds answer a request.
    """
    metrics = Metrics([(classifier.alphabet, classifier.facts) for classifier in classifiers])
    if live:
        live.on_swap(metrics.swap)
    services = Services(metrics, limiter, lesson_limiter, drawing_limiter, batches, live)
    return create_app(config, live or classifiers, services)
