"""A copy of the whole database, secrets' hashes and all, made while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from backend.store.lesson_fields import whole


class BackupError(Exception):
    """A backup that could not be made; the message is one sentence that says why."""


def backup(url: str, path: Path) -> None:
    """Write a copy of the database at `url` to `path`, as it is at one moment, whole or not at all.

    SQLite's is a database that can be put in the place of the first; PostgreSQL's is what `pg_restore` takes.
    Nothing is overwritten. Raises BackupError.
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


def _dump(url: URL, path: Path) -> None:
    program = shutil.which("pg_dump")
    if not program:
        raise BackupError("A backup of PostgreSQL needs its pg_dump, which isn't installed here.")
    # Whoever lists this machine's processes sees their arguments, but not their environment.
    secret = {"PGPASSWORD": url.password} if isinstance(url.password, str) else {}
    address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    done = subprocess.run(
        [program, "--format=custom", f"--file={path}", f"--dbname={address}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"it ended with {done.returncode}"
        raise BackupError(f"pg_dump failed: {said}.")
