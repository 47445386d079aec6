"""What every request gets, whatever becomes of it: an id, a log line, metrics, security headers."""

import logging
import os
import re
import time

from flask import Flask, Response, g, request

from backend.api.services import Metrics

REQUESTS = logging.getLogger("backend.requests")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def install_observation(app: Flask, metrics: Metrics) -> None:
    """Observe every request of `app`; to be installed before whatever may refuse a request."""

    @app.before_request
    def begin() -> None:
        g.started = time.perf_counter()
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if REQUEST_ID.fullmatch(sent) else os.urandom(8).hex()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.started
        method, status, request_id = request.method, response.status_code, g.request_id
        rule = request.url_rule
        metrics.count_request(rule.rule if rule else "none", method, status, seconds)
        headers = response.headers
        headers.add("X-Request-ID", request_id)
        headers.extend(g.get("security_headers", SECURITY_HEADERS))
        log_request(request_id, method, request.path, status, seconds)
        return response


def log_request(request_id: str, method: str, path: str, status: int, seconds: float) -> None:
    """Write the one line of an answered request; never what was sent or drawn."""
    # The record is made by hand: finding out who logs would cost more than the rest of the line.
    if REQUESTS.isEnabledFor(logging.INFO):
        fields = {
            "id": request_id,
            "method": method,
            "path": path,
            "status": status,
            "ms": round(1000 * seconds, 2),
        }
        REQUESTS.handle(logging.LogRecord("backend.requests", logging.INFO, "", 0, "request", fields, None))
