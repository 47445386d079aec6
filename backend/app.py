"""The application factory."""

import logging
import os
import re
import time

from apiflask import APIFlask
from flask import Response, g, request
from flask_cors import CORS

from backend.classifier import Classifier
from backend.config import Config
from backend.errors import install_error_handlers
from backend.metrics import Metrics
from backend.routes import install_routes

log = logging.getLogger("backend")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def create_app(config: Config, classifier: Classifier) -> APIFlask:
    """Return the WSGI application that answers with `classifier`, as `config` says."""
    app = APIFlask("backend", title="Handwritten digit recognition", version="1.0")
    app.debug = False  # FLASK_DEBUG in the environment would show stack traces
    metrics = Metrics(classifier.facts)
    CORS(
        app,
        origins=list(config.origins),
        methods=["GET", "POST"],
        expose_headers=["X-Request-ID"],
        always_send=False,
    )
    install_error_handlers(app)
    install_routes(app, config, classifier, metrics)
    _observe(app, metrics)
    return app


def _observe(app: APIFlask, metrics: Metrics) -> None:
    """Give every request an id, a log line, its metrics and the security headers."""

    @app.before_request
    def begin() -> None:
        g.started = time.perf_counter()
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if REQUEST_ID.fullmatch(sent) else os.urandom(8).hex()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.started
        route = request.url_rule.rule if request.url_rule else "none"
        metrics.count_request(route, request.method, response.status_code, seconds)
        response.headers["X-Request-ID"] = g.request_id
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        log.info(
            "request",
            extra={
                "id": g.request_id,
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round(seconds * 1000, 2),
            },
        )
        return response
