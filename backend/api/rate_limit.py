"""Clients that ask too often are told when to ask again."""

import math

from flask import Flask, request

from backend.api.errors import Problem
from backend.api.services import Limiter

SERVER_ROUTES = ("/health", "/health/live", "/metrics")  # probes are not clients


def install_rate_limit(app: Flask, limiter: Limiter | None) -> None:
    """Answer 429 where a client asks more often than `limiter` allows; None allows everything."""
    if limiter is None:
        return

    @app.before_request
    def refuse_too_many() -> None:
        if request.path in SERVER_ROUTES or request.method == "OPTIONS":
            return
        take_turn(limiter)


def take_turn(limiter: Limiter | None) -> None:
    """Raise Problem 429 if `limiter` doesn't let whoever sent the request ask now; None lets everybody."""
    seconds = limiter.wait(request.remote_addr or "") if limiter else 0
    if seconds:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise Problem(429, f"Too many requests: try again in {seconds:.1f} s.", headers=headers)
