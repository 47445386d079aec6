"""The store of corrections as the API uses it: opened where teaching isn't off, made ready at start."""

import logging

from backend.api.settings import ApiSettings
from backend.store.corrections import CorrectionStore, StoreUnavailableError

log = logging.getLogger("backend")


def open_store(settings: ApiSettings) -> CorrectionStore | None:
    """Return the store that `settings` ask for, or None; to be called in the very process that uses it.

    Without teaching nothing of a database is loaded.
    """
    if settings.teaching == "off":
        return None
    from backend.store.database import DatabaseStore

    return DatabaseStore(settings)


def prepare_store(settings: ApiSettings) -> None:
    """Bring the store's database up to date, before there are workers.

    Where that fails it is logged: the app runs without it, and the first request to find the database
    brings it up to date.
    """
    store = open_store(settings)
    if store is None:
        return
    try:
        store.prepare()
    except StoreUnavailableError as error:
        log.error("store unavailable", {"cause": str(error)})
    finally:
        store.close()
