"""A copy of the whole database, secrets' hashes and all, made and brought back while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from backend.store.connections import WAIT
from backend.store.lesson_fields import whole


class BackupError(Exception):
    """A backup that could not be made; the message is one sentence that says why."""


def backup(url: str, path: Path) -> None:
    """Write a copy of the database at `url` to `path`, as it is at one moment, whole or not at all.

    SQLite's is a database, PostgreSQL's what `pg_restore` takes. Nothing is overwritten. Raises
    BackupError.
    """
    if path.exists():
        raise BackupError(f"{path} is there already; name a file that isn't.")
    parsed = make_url(url)
    try:
        with whole(path) as partial:
            os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            if parsed.get_backend_name() == "sqlite":
                _copy(Path(parsed.database or ""), partial)
            else:
                _dump(parsed, partial)
    except OSError as error:
        raise BackupError(f"{path} can't be written: {error.strerror}.") from None


def _copy(database: Path, path: Path) -> None:
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # all in one file
    except sqlite3.Error as error:
        raise BackupError(f"The database at {database} can't be copied: {error}.") from None


def restore(url: str, path: Path) -> None:
    """Put what `backup` wrote to `path` in the place of all that the database at `url` holds, or fail whole.

    Raises BackupError.
    """
    if not path.is_file():
        raise BackupError(f"There is no backup at {path}.")
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _bring_back(path, Path(parsed.database or ""))
    else:
        _run_tool(
            parsed, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(path)
        )


def _bring_back(path: Path, database: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            source.execute("SELECT version_num FROM alembic_version")
            # Through SQLite, since a log of writes that lies beside the file belongs to the old one.
            with closing(sqlite3.connect(database, timeout=WAIT)) as target:
                source.backup(target)
    except sqlite3.Error as error:
        raise BackupError(f"{path} can't be restored: {error}.") from None


def _dump(url: URL, path: Path) -> None:
    _run_tool(url, "pg_dump", "--format=custom", f"--file={path}")


def _run_tool(url: URL, name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's on the database at `url`. Raises BackupError."""
    program = shutil.which(name)
    if not program:
        raise BackupError(f"A backup of PostgreSQL needs its {name}, which isn't installed here.")
    # Whoever lists this machine's processes sees their arguments, but not their environment.
    secret = {"PGPASSWORD": url.password} if isinstance(url.password, str) else {}
    address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    done = subprocess.run(
        [program, f"--dbname={address}", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"it ended with {done.returncode}"
        raise BackupError(f"{name} failed: {said}.")
