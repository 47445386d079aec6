"""What the API can be told: whom it answers, how much it takes, and who may teach it."""

from dataclasses import dataclass
from typing import Literal

from backend.reading.settings import MEBIBYTE, ReadingSettings
from backend.store.settings import StoreSettings, database_url

__all__ = ["ApiSettings", "Teaching", "database_url"]

Teaching = Literal["off", "on", "token"]


@dataclass(frozen=True)
class ApiSettings(ReadingSettings, StoreSettings):
    """The settings of the API, with the defaults of a development machine."""

    origins: tuple[str, ...] = ("http://localhost:3000", "http://127.0.0.1:3000")
    trusted_proxies: int = 0  # proxies in front of us whose X-Forwarded-For is believed
    body_timeout: float = 15.0  # s, for a request's body to arrive
    max_json_bytes: int = MEBIBYTE
    max_batch_bytes: int = 8 * MEBIBYTE
    max_drawing_bytes: int = 64 * 1024  # of a body that shares a drawing
    sharing: bool = False  # whether drawings are kept for short links
    teaching: Teaching = "off"  # whether corrections are kept; `token`: of those who know it
    teaching_token: str = ""
