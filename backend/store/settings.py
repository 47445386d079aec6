"""Where corrections and shared drawings are kept, and how many of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

DATA = user_data_path("handwritten-digit-recognition", appauthor=False)
DATABASE = DATA / "corrections.sqlite3"
POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
MEBIBYTE = 1024 * 1024


def sqlite_url(path: Path) -> str:
    """Return the address of the SQLite database in the file at `path`."""
    return f"sqlite:///{path}"


@dataclass(frozen=True)
class StoreSettings:
    """The settings of the store, with their defaults."""

    database_url: str = sqlite_url(DATABASE)
    max_corrections: int = 100_000
    max_corrections_each: int = 2_000  # of one teacher
    max_drawings: int = 10_000  # shared by a short link
    drawing_days: int = 30  # until such a drawing is there no more
    max_store_bytes: int = 1024 * MEBIBYTE  # of all drawings together, as they are stored


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address in DATABASE_URL with the driver that we use, or the user's own database's.

    Raises ValueError with a sentence if it is neither SQLite's nor PostgreSQL's; the address itself isn't in
    it, since it may hold a password.
    """
    address = environment.get("DATABASE_URL") or StoreSettings.database_url
    scheme, _, rest = address.partition("://")
    if scheme in POSTGRESQL and _names_a_database(address):
        return f"postgresql+psycopg://{rest}"
    # In memory each process would have a database of its own.
    if scheme == "sqlite" and rest.startswith("/") and rest[1:] not in ("", ":memory:"):
        return address
    raise ValueError(
        "DATABASE_URL must be an address such as sqlite:////home/me/corrections.sqlite3 or "
        "postgresql://user:password@host/database."
    )


def _names_a_database(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.port != 0 and len(parts.path) > 1
    except ValueError:  # a port that is no number, or brackets that don't close
        return False
