"""The API and the page's server as one: `python -m backend.serving.start` starts both and ends both.

With `--dev` the page is served from its sources, with hot reload. For POSIX systems, as the Makefile is.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from backend.reading.settings import REPOSITORY
from backend.serving.addresses import ANYWHERE, machine_addresses, reached_here, url
from backend.serving.config import Config, ConfigError, config_from_environment

GLANCE = 0.2  # s between two looks at the servers
ASKING = 1.0  # s for a server to answer whether it is ready
GRACE = 5.0  # s beyond the API's own time for requests in flight, then it is killed


@dataclass(frozen=True)
class Server:
    """A program that serves HTTP: how it is started, and where it answers once it is ready."""

    name: str
    command: Sequence[str]
    folder: Path
    host: str
    port: int
    path: str = "/"

    def is_ready(self) -> bool:
        """Return whether it answers `path` with a 200."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=ASKING)
        try:
            connection.request("GET", self.path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def run_together(
    servers: Sequence[Server], environment: Mapping[str, str], grace: float, announce: Callable[[], None]
) -> int:
    """Run `servers` in `environment` until one ends or this process is told to; then end what still runs.

    `announce` is called once all are ready. The servers have `grace` seconds to end, or until Ctrl-C is
    pressed again. No process that a server started is left behind.

    Returns the exit code: 0 where this process was told to end, 1 where a server ended by itself.
    """
    told = _Told()
    running: list[tuple[Server, subprocess.Popen[bytes]]] = []
    try:
        for server in servers:
            # A process group each: Ctrl-C reaches this process alone, which then ends them in order.
            process = subprocess.Popen(
                server.command, cwd=server.folder, env=environment, stdin=subprocess.DEVNULL, process_group=0
            )
            running.append((server, process))
        awaited = list(servers)
        while not told.to_end:
            ended = [server.name for server, process in running if process.poll() is not None]
            if ended:
                print(f"{ended[0]} has ended, so everything is stopped.", file=sys.stderr)
                return 1
            if awaited and awaited[0].is_ready():
                awaited.pop(0)
                if not awaited:
                    announce()
            time.sleep(GLANCE)
        return 0
    finally:
        _end([process for _, process in running], grace, told)


class _Told:
    """What this process was told: to end, by Ctrl-C, `kill` or a terminal that closed."""

    def __init__(self) -> None:
        self.to_end = False
        self.interrupts = 0
        signal.signal(signal.SIGINT, self._interrupt)
        signal.signal(signal.SIGTERM, self._end)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # `nohup make start` stays
            signal.signal(signal.SIGHUP, self._end)

    def _interrupt(self, number: int, frame: object) -> None:
        self.interrupts += 1
        self._end(number, frame)

    def _end(self, _number: int, _frame: object) -> None:
        self.to_end = True


def _end(processes: Sequence[subprocess.Popen[bytes]], grace: float, told: _Told) -> None:
    interrupts = told.interrupts
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + grace
    while any(process.poll() is None for process in processes):
        if time.monotonic() > deadline or told.interrupts > interrupts:
            break
        time.sleep(GLANCE)
    for process in processes:
        with suppress(ProcessLookupError, PermissionError):  # macOS refuses where all of a group are dead
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the API and the page until told to end; return the process's exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m backend.serving.start", description="Serve API and page."
    )
    parser.add_argument("--dev", action="store_true", help="serve the page from its sources, with hot reload")
    dev = parser.parse_args(arguments).dev
    try:
        config = config_from_environment()
    except ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    environment = {
        **os.environ,
        "API_HOST": config.host,
        "API_PORT": str(config.port),
        "WEB_HOST": config.web_host,
        "WEB_PORT": str(config.web_port),
    }
    vite = ["node", "node_modules/vite/bin/vite.js", *([] if dev else ["preview"]), "--strictPort"]
    vite += ["--host", config.web_host, "--port", str(config.web_port), "--logLevel", "warn"]
    servers = [
        Server("The API", [sys.executable, "-m", "backend"], REPOSITORY, config.host, config.port, "/health"),
        Server("The page's server", vite, REPOSITORY / "frontend", config.web_host, config.web_port),
    ]
    if config.together:
        rooms = [sys.executable, "-m", "backend.together"]
        servers.append(
            Server("The server of rooms", rooms, REPOSITORY, config.host, config.together_port, "/health")
        )
    grace = config.graceful_timeout + GRACE
    return run_together(servers, environment, grace, lambda: print(where(config), flush=True))


def where(config: Config) -> str:
    """Return what a person is told who started both: the addresses to type, and how to stop."""
    page = url(reached_here(config.web_host), config.web_port)
    docs = url(reached_here(config.host), config.port) + "/docs"
    lines = ["", f"  Draw at {page}   (the API: {docs})"]
    if config.web_host in ANYWHERE:
        elsewhere = [url(address, config.web_port) for address in machine_addresses()]
        found = " or ".join(elsewhere) or "this machine's address, which could not be found out"
        lines.append(f"  On another device: {found}")
    return "\n".join([*lines, f"  Ctrl-C stops {'all' if config.together else 'both'}.", ""])


if __name__ == "__main__":
    sys.exit(main())
