"""Corrections for tests of the store."""

from dataclasses import replace
from uuid import uuid4

from backend.store.connections import Database
from backend.store.corrections import Correction, hashed
from backend.store.database import DatabaseStore
from backend.store.settings import StoreSettings, database_url

ANN, BEN = hashed("a" * 32), hashed("b" * 32)
STROKES = [[[1.5, 2.25, 0.0], [10.0, 20.5, 16.625]], [[3.0, 4.0]]]


def correction(**other) -> Correction:
    """A correction with an id of its own, changed as asked."""
    plain = Correction(
        id=uuid4(),
        alphabet="digits",
        meant="9",
        read="4",
        confidence=0.62,
        model="2026.11.25-7616800f",
        kind="correction",
        strokes=STROKES,
        pixels=bytes([0, 127, 255, *[7] * 781]),
    )
    return replace(plain, **other)


def settings_for(address: str, **limits) -> StoreSettings:
    return StoreSettings(database_url=database_url({"DATABASE_URL": address}), **limits)


def store_at(address: str, **limits) -> DatabaseStore:
    return DatabaseStore(settings_for(address, **limits))


def database_at(address: str) -> Database:
    return Database(settings_for(address).database_url)
