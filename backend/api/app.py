"""The application factory."""

import re

from apiflask import APIFlask
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.api.errors import install_error_handlers
from backend.api.observation import install_observation
from backend.api.openapi import install_openapi
from backend.api.pages import install_pages
from backend.api.routes import install_routes
from backend.reading.classifier import Classifier
from backend.serving.config import Config
from backend.serving.limits import RateLimiter, install_rate_limit
from backend.serving.metrics import Metrics


def create_app(config: Config, classifier: Classifier, limiter: RateLimiter | None = None) -> APIFlask:
    """Return the WSGI application that answers with `classifier`, as `config` says.

    `limiter` is shared by the workers, so it is made outside; None limits nobody.
    """
    app = APIFlask(
        "backend.api",
        title="Handwritten digit recognition",
        version="1",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]
    )
    app.debug = False  # FLASK_DEBUG in the environment would show stack traces
    metrics = Metrics(classifier.facts)
    CORS(
        app,
        # As patterns: the brackets of an IPv6 address would make one of another meaning.
        origins=[re.compile(re.escape(origin) + r"\Z") for origin in config.origins],
        methods=["GET", "POST"],
        allow_headers=["Content-Type", "X-Request-ID"],
        expose_headers=["X-Request-ID"],
        always_send=False,
    )
    install_observation(app, metrics)
    install_error_handlers(app)
    install_rate_limit(app, limiter)
    install_routes(app, config, classifier, metrics)
    install_pages(app, config, classifier, metrics)
    install_openapi(app)
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies)  # type: ignore[method-assign]
    return app
