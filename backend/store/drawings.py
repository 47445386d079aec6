"""Drawings shared by a short link: kept until an end date, or until whoever shared them deletes them."""

import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import delete, func, insert, select

from backend.store.connections import Database
from backend.store.corrections import Alphabet, StoreFullError, Strokes, hashed
from backend.store.settings import StoreSettings
from backend.store.tables import DrawingRow

ID_BYTES = 16  # 128 random bits: nobody guesses one


class SharedDrawing(NamedTuple):
    """A drawing as it lies in the store."""

    id: str  # 22 characters of base64url
    alphabet: Alphabet
    strokes: Strokes
    created: datetime  # in UTC
    ends: datetime  # in UTC; from then on it is there no more


class DrawingStore:
    """Shared drawings in SQLite or PostgreSQL. To be made in the very process that uses it.

    Everything raises StoreUnavailableError where the database fails.
    """

    def __init__(self, settings: StoreSettings):
        """Use the database that `settings` name; it is connected to when it is first needed."""
        self._settings = settings
        self._database = Database(settings.database_url)

    def prepare(self) -> None:
        """Bring the database up to date, unless it is."""
        self._database.prepare()

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def keep(self, alphabet: Alphabet, strokes: Strokes) -> tuple[SharedDrawing, str]:
        """Store a drawing; return it, and the secret by which alone it can be deleted before its end.

        Those that have ended make room first. Raises StoreFullError.
        """
        secret = secrets.token_hex(ID_BYTES)
        created = datetime.now(UTC)
        ends = created + timedelta(days=self._settings.drawing_days)
        drawing = SharedDrawing(secrets.token_urlsafe(ID_BYTES), alphabet, strokes, created, ends)
        row = drawing._asdict() | {
            "strokes": json.dumps(strokes, separators=(",", ":")),
            "secret_hash": hashed(secret),
        }
        with self._database.session(writing=True) as session:
            session.execute(delete(DrawingRow).where(DrawingRow.ends <= created))
            kept = session.scalar(select(func.count()).select_from(DrawingRow)) or 0
            if kept >= self._settings.max_drawings:
                raise StoreFullError(
                    "This server keeps as many shared drawings as it may. Share this one by the link that "
                    "holds it, or try again tomorrow."
                )
            session.execute(insert(DrawingRow).values(**row))
        return drawing, secret

    def find(self, id: str) -> SharedDrawing | None:
        """Return the drawing of that id; None if there is none, or none any more."""
        wanted = select(DrawingRow).where(DrawingRow.id == id, DrawingRow.ends > datetime.now(UTC))
        with self._database.session() as session:
            row = session.scalar(wanted)
            if row is None:
                return None
            return SharedDrawing(
                row.id, cast(Alphabet, row.alphabet), json.loads(row.strokes), row.created, row.ends
            )

    def delete(self, id: str, secret: str) -> bool:
        """Delete the drawing of that id if `secret` is its own; return whether it was."""
        with self._database.session(writing=True) as session:
            held = session.scalar(select(DrawingRow.secret_hash).where(DrawingRow.id == id))
            if held is None or not hmac.compare_digest(held, hashed(secret)):
                return False
            session.execute(delete(DrawingRow).where(DrawingRow.id == id))
        self._database.forget()
        return True
