"""nginx by the very template of the proxy's image, in front of servers on this machine."""

import os
import re
import shutil
import signal
import ssl
import subprocess
from collections.abc import Sequence
from http.client import HTTPMessage, HTTPSConnection
from pathlib import Path

import pytest

from backend.reading.settings import REPOSITORY
from backend.tests.running import free_port, wait_until

TEMPLATE = REPOSITORY / "deploy" / "nginx" / "nginx.conf.template"
VARIABLE = re.compile(r"\$\{([A-Z_]+)\}")  # what envsubst replaces; nginx's own variables are in lower case
CERTIFICATE = ("fullchain.pem", "privkey.pem")


class Proxy:
    """nginx in `folder`, before the servers on `ports`, with the page in `page`; it runs within the block."""

    def __init__(self, folder: Path, page: Path, ports: Sequence[int], **settings: str):
        self.http, self.https = free_port(), free_port()
        self._folder = folder
        self.variables = {
            "HTTP_PORT": f"127.0.0.1:{self.http}",
            "HTTPS_PORT": f"127.0.0.1:{self.https}",
            "PAGE": str(page),
            "CERTIFICATES": str(folder),
            "RUN": str(folder),
            "BASE_PATH": "",
            "API_SERVERS": " ".join(
                f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports
            ),
            "TOGETHER": "off",
            "ROOMS_SERVER": "127.0.0.1:9",
            "REQUESTS_PER_SECOND": "10000",
            "CONNECTIONS": "100",
            **settings,
        }
        rendered = VARIABLE.sub(lambda found: self.variables[found[1]], TEMPLATE.read_text())
        (folder / "nginx.conf").write_text(rendered)
        make_certificate(folder)
        self._command = [
            program("nginx"),
            "-c",
            str(folder / "nginx.conf"),
            "-e",
            "stderr",
            "-g",
            "daemon off;",
        ]

    def __enter__(self) -> "Proxy":
        self._log = (self._folder / "log").open("w")
        self.process = subprocess.Popen(self._command, stderr=self._log)
        wait_until(self._answers, 30, (self._folder / "log").read_text)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)
        self._log.close()

    def _answers(self) -> bool:
        try:
            return self.send("GET", "/config.json")[0] == 200
        except OSError:
            return False

    def connect(self) -> HTTPSConnection:
        return HTTPSConnection("localhost", self.https, timeout=60, context=self.trusting())

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._folder / CERTIFICATE[0])

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, HTTPMessage, bytes]:
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()


def make_certificate(folder: Path) -> None:
    """Make a certificate for localhost, as docs/deploying.md does to try things out."""
    certificate, key = (str(folder / name) for name in CERTIFICATE)
    command = (
        f"{program('openssl')} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
    )
    more = ["-keyout", key, "-out", certificate, "-subj", "/CN=localhost"]
    subprocess.run(
        [*command.split(), *more, "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True
    )


def program(name: str) -> str:
    """Return where the program is; skips where it isn't, unless REQUIRE_NGINX says that it must be."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found:
        return found
    if os.environ.get("REQUIRE_NGINX"):
        raise FileNotFoundError(name)
    pytest.skip(f"{name} is not installed")
