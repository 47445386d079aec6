"""Connections to the database, SQLite's and PostgreSQL's, set up so that what is committed stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.store.corrections import StoreUnavailableError

WAIT = 5  # s, for a lock, a connection of the pool, or PostgreSQL's answer to a new one
STATEMENT = 10  # s, for one statement on PostgreSQL
PRAGMAS = (
    f"busy_timeout={WAIT * 1000}",  # ms; first, since the next may have to wait
    "journal_mode=WAL",  # readers and the one writer don't wait for each other
    "synchronous=FULL",  # what is committed is on the disk, whatever happens to the machine
    "foreign_keys=ON",
    "secure_delete=ON",  # what a person deletes is overwritten
)
WRITING = "writing"  # the execution option of a transaction that will write


def make_engine(url: str) -> Engine:
    """Return an engine for the database at `url`; nothing is connected yet.

    The folder of a SQLite database is made if need be, for its owner alone.
    Raises StoreUnavailableError if it can't be.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        try:
            Path(parsed.database or "").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailableError(f"the folder of {parsed.database} can't be made: {error}") from None
        engine = create_engine(parsed, pool_timeout=WAIT, connect_args={"timeout": WAIT})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = f"-c statement_timeout={STATEMENT}s -c lock_timeout={WAIT}s"
    return create_engine(
        parsed,
        pool_timeout=WAIT,
        pool_pre_ping=True,  # a connection that died with its server is replaced unseen
        connect_args={"connect_timeout": WAIT, "options": limits},
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailableError for whatever is the database's failure and not a mistake of ours."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except (DatabaseError, DBAPIError, PoolTimeoutError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreUnavailableError(f"{type(cause).__name__}: {cause}".strip()) from error


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction by itself
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Whoever reads first and writes then may find that another wrote in between, which no waiting helps.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
