"""The stores as the API uses them: opened where wanted, made ready at start, their failures answered."""

import logging
from typing import TYPE_CHECKING

from flask import Flask, Response, g

from backend.api.errors import Problem, problem_response
from backend.api.settings import ApiSettings
from backend.store.corrections import CorrectionStore, StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from backend.store.drawings import DrawingStore

RETRY = 5  # s, after which a database that failed may be there again

log = logging.getLogger("backend")


def open_store(settings: ApiSettings) -> CorrectionStore | None:
    """Return the store of corrections that `settings` ask for, or None; to be called in the very process that
    uses it.

    Without teaching nothing of a database is loaded.
    """
    if settings.teaching == "off":
        return None
    from backend.store.database import DatabaseStore

    return DatabaseStore(settings)


def open_drawings(settings: ApiSettings) -> "DrawingStore | None":
    """Return the store of shared drawings that `settings` ask for, or None; the same holds of it."""
    if not settings.sharing:
        return None
    from backend.store.drawings import DrawingStore

    return DrawingStore(settings)


def prepare_store(settings: ApiSettings) -> None:
    """Bring the database up to date, before there are workers.

    Where that fails it is logged: the app runs without it, and the first request to find the database
    brings it up to date.
    """
    store = open_store(settings) or open_drawings(settings)  # of the same database
    if store is None:
        return
    try:
        store.prepare()
    except StoreUnavailableError as error:
        log.error("store unavailable", {"cause": str(error)})
    finally:
        store.close()


def install_store_errors(app: Flask) -> None:
    """Have `app` answer where a store is full, or its database fails."""

    @app.errorhandler(StoreFullError)
    def answer_full(error: StoreFullError) -> Response:
        return problem_response(Problem(507, str(error), code="store_full"))

    @app.errorhandler(StoreUnavailableError)
    def answer_unavailable(error: StoreUnavailableError) -> Response:
        log.error("store unavailable", {"id": g.get("request_id", ""), "cause": str(error)})
        sentence = f"Nothing can be kept or looked up just now. Try again in {RETRY} s."
        headers = {"Retry-After": str(RETRY)}
        return problem_response(Problem(503, sentence, headers=headers, code="store_unavailable"))
