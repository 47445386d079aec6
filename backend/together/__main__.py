"""`python -m backend.together`: the server of rooms."""

import asyncio
import signal
import sys

from backend.serving.config import ConfigError
from backend.serving.logs import configure_logs
from backend.together.server import serve_rooms
from backend.together.settings import RoomSettings, room_settings


async def _serve(settings: RoomSettings) -> None:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    async with await serve_rooms(settings):
        await told.wait()


def main() -> int:
    """Serve until told to end; return the process's exit code."""
    try:
        settings = room_settings()
        configure_logs()
        asyncio.run(_serve(settings))
    except ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: Can't listen on port {settings.port}: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
