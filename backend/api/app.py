"""The application factory."""

import re
from collections.abc import Sequence

from flask import Flask
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.api.errors import install_error_handlers
from backend.api.observation import install_observation
from backend.api.openapi import install_openapi
from backend.api.pages import install_pages
from backend.api.plain import PLAIN, PlainPredictions
from backend.api.rate_limit import install_rate_limit
from backend.api.routes import install_routes
from backend.api.services import Services
from backend.api.settings import ApiSettings
from backend.api.sharing import install_sharing
from backend.api.store import install_store_errors
from backend.api.teaching import install_teaching
from backend.reading.classifier import Classifier


def create_app(settings: ApiSettings, classifiers: Sequence[Classifier], services: Services) -> Flask:
    """Return the WSGI application that answers with `classifiers`, as `settings` say.

    Each reads an alphabet of its own; the first is asked where a request names none.
    """
    app = Flask("backend.api", static_folder=None)
    app.debug = False  # FLASK_DEBUG in the environment would show stack traces
    CORS(
        app,
        # As patterns: the brackets of an IPv6 address would make one of another meaning.
        origins=[re.compile(re.escape(origin) + r"\Z") for origin in settings.origins],
        methods=["GET", "POST", "DELETE"],
        allow_headers=["Content-Type", "X-Request-ID", "X-Teacher", "Authorization"],
        expose_headers=["X-Request-ID", "Retry-After"],
        always_send=False,
    )
    install_observation(app, services.metrics)
    install_error_handlers(app)
    install_rate_limit(app, services.limiter)
    install_routes(app, settings, classifiers, services)
    install_store_errors(app)
    install_teaching(app, settings, services)
    install_sharing(app, settings, services)
    install_pages(app, settings, classifiers, services)
    install_openapi(app, [classifier.alphabet for classifier in classifiers])
    if services.limiter is None:
        app.extensions[PLAIN] = PlainPredictions(settings, classifiers, services.metrics)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies)  # type: ignore[method-assign]
    return app
