"""Connections to the database, SQLite's and PostgreSQL's, set up so that what is committed stays."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from backend.store.corrections import StoreUnavailableError
from backend.store.tables import REVISION, TotalsRow

WAIT = 15  # s, for a lock, a connection of the pool, or a statement: a busy disk may pause for seconds
CONNECTING = 5  # s, for PostgreSQL to take a connection
PRAGMAS = (
    f"busy_timeout={WAIT * 1000}",  # ms; first, since the next may have to wait
    "journal_mode=WAL",  # readers and the one writer don't wait for each other
    "synchronous=FULL",  # what is committed is on the disk, whatever happens to the machine
    "foreign_keys=ON",
    "secure_delete=ON",  # what a person deletes is overwritten
)
WRITING = "writing"  # the execution option of a transaction that will write


class Database:
    """The database at an address, in transactions. To be made in the very process that uses it."""

    def __init__(self, url: str):
        """Use the database at `url`; it is connected to, and brought up to date, when it is first needed."""
        self.engine = make_engine(url)
        self._file = Path(self.engine.url.database or "") if self.engine.dialect.name == "sqlite" else None
        self._prepared: tuple[int, int] | None = None  # which file, if it is one, was seen to be up to date
        self._turn = threading.Lock()

    @contextmanager
    def session(self, writing: bool = False) -> Iterator[Session]:
        """A transaction, committed at the end of the block; nothing of it stays if the block fails.

        Raises StoreUnavailableError where the database fails.
        """
        with translated(), self._writing_alone() if writing else nullcontext():
            self.prepare()
            engine = self.engine.execution_options(**{WRITING: writing})
            with Session(engine, expire_on_commit=False) as session, session.begin():
                if writing:
                    # One writer at a time, on PostgreSQL too: limits hold exactly, and nothing deadlocks.
                    session.execute(select(TotalsRow.number).with_for_update())
                yield session

    @contextmanager
    def _writing_alone(self) -> Iterator[None]:
        # SQLite has those who wait look again now and then; here they queue, so that only processes compete.
        if not self._turn.acquire(timeout=WAIT):
            raise StoreUnavailableError("others have been writing for too long")
        try:
            yield
        finally:
            self._turn.release()

    def prepare(self) -> None:
        """Bring the database up to date, unless this process has seen that it is.

        A SQLite database that was deleted, or replaced by another, is opened anew: what is written to a file
        that has no name any more is lost. Raises StoreUnavailableError where the database fails.
        """
        with translated():
            if self._prepared and self._prepared == self._identity():
                return
            self.engine.dispose()
            if self._revision() != REVISION:
                from backend.store.migrations import migrate

                migrate(self.engine)
            self._prepared = self._identity()

    def _revision(self) -> str | None:
        try:
            with self.engine.connect() as connection:
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError:  # a new database, or one that is down, which is found out again
            return None

    def _identity(self) -> tuple[int, int] | None:
        if self._file is None:
            return 0, 0
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def forget(self) -> None:
        """Leave nothing of what was deleted in SQLite's log of writes, unless somebody is reading just now.

        What deletes calls it once that is committed; then the next one makes up for it. PostgreSQL has no use
        for it: its files are its own.
        """
        if self.engine.dialect.name == "sqlite":
            # Whatever fails here, the deletion that was committed stays.
            with suppress(DBAPIError, sqlite3.Error, OSError), self.engine.connect() as connection:
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA busy_timeout=0")
                try:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    cursor.execute(f"PRAGMA busy_timeout={WAIT * 1000}")

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """Return an engine for the database at `url`; nothing is connected yet.

    A SQLite database and its folder are made, for their owner alone, when it is first connected to.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        database = Path(parsed.database or "")
        engine = create_engine(parsed, pool_timeout=WAIT, connect_args={"timeout": WAIT})
        event.listen(engine, "do_connect", lambda *_: _make_private(database))
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = f"-c statement_timeout={WAIT}s"
    return create_engine(
        parsed,
        pool_timeout=WAIT,
        pool_pre_ping=True,  # a connection that died with its server is replaced unseen
        connect_args={"connect_timeout": CONNECTING, "options": limits},
    )


@contextmanager
def translated(ours: tuple[type[DBAPIError], ...] = (IntegrityError, ProgrammingError)) -> Iterator[None]:
    """Raise StoreUnavailableError for whatever is the database's failure and not `ours`, our mistake."""
    try:
        yield
    except ours:
        raise
    except OSError as error:
        raise StoreUnavailableError(str(error)) from error
    except (DBAPIError, PoolTimeoutError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreUnavailableError(f"{type(cause).__name__}: {cause}".strip()) from error


def _make_private(database: Path) -> None:
    if not database.exists():
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.touch(mode=0o600)


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
