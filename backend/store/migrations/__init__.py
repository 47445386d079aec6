"""The steps that bring a database to what this version of the store expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, text

from backend.store.connections import WRITING, translated
from backend.store.corrections import StoreUnavailableError

LOCK = 0x7465616368  # of PostgreSQL: one process migrates at a time


def migrate(engine: Engine) -> None:
    """Bring the database of `engine` up to date in one transaction, whoever else tries it too.

    Raises StoreUnavailableError if it fails, or if a newer version of the program made the database.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    # Nothing here depends on what was sent: whatever fails is the database's state, or our rights in it.
    with translated(ours=()), engine.execution_options(**{WRITING: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreUnavailableError(
                f"the database is of another version of this program: {error}"
            ) from None
