"""A PostgreSQL cluster of a test's own, by an unprivileged user in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

USER, PASSWORD = "teacher", "chalk & slate"
UNPRIVILEGED = "nobody"  # where we are root, whom PostgreSQL refuses
DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # where Debian keeps what isn't for everybody


class Cluster:
    """A cluster that listens on a socket in its folder alone; to be started."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="digits-postgresql-"))
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self._user:
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        self._numbers = count()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run(
            "initdb", "--auth=scram-sha-256", f"--username={USER}", f"--pwfile={password}", "--no-sync",
            "--encoding=UTF8", "--locale=C",
        )  # fmt: skip

    def start(self) -> None:
        # A folder of its own instead of a port: it can't be anybody else's. `fsync` is for power cuts.
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def new_database(self) -> str:
        """Return the address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self._run("createdb", f"--host={self.folder}", f"--username={USER}", name)
        return self._address(name)

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def _address(self, database: str) -> str:
        return f"postgresql://{USER}:chalk%20%26%20slate@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        environment = {**os.environ, "PGDATA": str(self.folder / "data"), "PGPASSWORD": PASSWORD}
        subprocess.run(
            [_program(program), *arguments],
            user=self._user, cwd=self.folder, env=environment, check=True, stdout=subprocess.DEVNULL,
            timeout=120,
        )  # fmt: skip


def make_cluster() -> Cluster:
    """Return a cluster that runs; skips the test where PostgreSQL isn't installed, unless it must be."""
    try:
        _program("initdb")
    except FileNotFoundError as error:
        if os.environ.get("REQUIRE_POSTGRESQL"):
            raise
        pytest.skip(str(error))
    cluster = Cluster()
    cluster.start()
    return cluster


def _program(name: str) -> str:
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(DEBIANS))])
    found = shutil.which(name, path=path)
    if found is None:
        raise FileNotFoundError(f"PostgreSQL's {name} isn't installed (Debian: apt-get install postgresql)")
    return found
