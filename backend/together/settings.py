"""What the server of rooms can be told, and the limits of a room."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from backend.serving.config import config_from_environment


@dataclass(frozen=True)
class RoomSettings:
    """Where it listens, whom it lets in, and how much it holds: 50 MB where all rooms are full."""

    host: str = "127.0.0.1"
    port: int = 5050
    origins: tuple[str, ...] = ("http://localhost:3000", "http://127.0.0.1:3000")  # beside its own
    max_rooms: int = 100
    max_people: int = 16  # in a room
    max_room: int = 512 * 1024  # bytes of changes in a room, some 2,000 strokes; a message holds as many
    rate: float = 120.0  # messages a second and person
    burst: float = 240.0  # messages that a person may send at once
    byte_rate: float = 64 * 1024.0  # bytes a second and person; at once, twice what a room holds
    forgotten_after: float = 60.0  # s that a room stays empty: a reload, or a cut of everybody's network


def room_settings(environment: Mapping[str, str] = os.environ) -> RoomSettings:
    """Return the settings that `environment` asks for. Raises ConfigError."""
    config = config_from_environment(environment)
    return RoomSettings(host=config.host, port=config.together_port, origins=config.origins)
