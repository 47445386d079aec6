"""What is installed, and with which Python: the files that say so say the same."""

import re
import subprocess
import sys
import tomllib

import pytest

from backend.reading.settings import REPOSITORY

PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
GROUPS = PYPROJECT["dependency-groups"]

PARTIAL = tuple(f"requirements-{name}.txt" for name in ("serve", "cluster", "gpu", "bench"))
# Alembic's templates use the first where it happens to be; uvicorn imports the others, and needs none of it.
OPTIONAL = {"pygments", "watchfiles", "anyio"}

# Prints every distribution of which building the server's application loads a module.
LOADED = """
import sys
before = set(sys.modules)  # what is loaded with any program
from importlib.metadata import packages_distributions
from pathlib import Path
from backend.reading.model_files import prepare_model
from backend.serving.config import Config
import backend.serving.connections, backend.serving.start, gunicorn.app.base, uvloop, uvicorn_worker, waitress
from backend.api.store import prepare_store
from backend.serving.server import build_asgi

config = Config(teaching="on", database_url=f"sqlite:///{sys.argv[1]}/corrections.sqlite3")
prepare_store(config)
build_asgi(config, [prepare_model(Config.model_path, Path(sys.argv[1]))], None)
made_of = packages_distributions()
print(*{name for module in set(sys.modules) - before for name in made_of.get(module.partition(".")[0], ())})
"""


def normalised(name):
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file):
    """Return {distribution: its lines without comments} of a requirements file."""
    found = {}
    for line in (REPOSITORY / file).read_text().splitlines():
        if line and not line.startswith((" ", "#")):
            found.setdefault(normalised(line.partition("==")[0]), []).append(line)
    return found


def of_group(name):
    return {normalised(re.match(r"[\w.-]+", requirement)[0]) for requirement in GROUPS[name]}


def test_every_dependency_is_pinned():
    assert set().union(*(of_group(name) for name in GROUPS if name != "bench")) <= set(
        pinned("requirements.txt")
    )
    assert of_group("bench") <= set(pinned("requirements-bench.txt"))
    assert of_group("serve") <= set(pinned("requirements-serve.txt"))
    assert of_group("serve") | of_group("cluster") <= set(pinned("requirements-cluster.txt"))
    assert of_group("gpu") <= set(pinned("requirements-gpu.txt"))
    files = ("requirements.txt", *PARTIAL)
    assert all("==" in line for file in files for lines in pinned(file).values() for line in lines)


@pytest.mark.parametrize("file", ["requirements-serve.txt", "requirements-cluster.txt"])
def test_a_server_installs_the_versions_that_were_tested(file):
    whole, serving = pinned("requirements.txt"), pinned(file)
    assert set(serving) <= set(whole)
    assert versions(serving) == versions({name: whole[name] for name in serving})


def test_a_graphics_card_trains_with_the_version_that_was_tested():
    whole, card = versions(pinned("requirements.txt")), versions(pinned("requirements-gpu.txt"))
    assert card["tensorflow"] == [whole["tensorflow-cpu"][0].replace("-cpu", "")]
    assert all(card[name] == whole[name] for name in card.keys() & whole.keys())


def versions(requirements):
    return {name: sorted(line.partition(" ;")[0] for line in lines) for name, lines in requirements.items()}


@pytest.mark.parametrize("name", ["tensorflow", "tensorflow-cpu", "keras", "jupyterlab", "pytest"])
def test_a_server_installs_nothing_for_training_or_testing(name):
    assert name in pinned("requirements.txt")
    assert name not in pinned("requirements-serve.txt")
    assert name not in pinned("requirements-cluster.txt")


@pytest.mark.slow
def test_a_server_loads_nothing_that_it_would_not_install(served, cache):
    process = subprocess.run(
        [sys.executable, "-c", LOADED, str(cache)], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    loaded = {normalised(name) for name in process.stdout.split()}
    assert {"flask", "numpy", "ai-edge-litert", "sqlalchemy", "alembic"} <= loaded
    assert loaded - OPTIONAL <= set(pinned("requirements-serve.txt"))


def test_the_supported_versions_of_python_are_the_same_wherever_they_are_named():
    low, above = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PYPROJECT["project"]["requires-python"]).groups()
    oldest, newest = f"3.{low}", f"3.{int(above) - 1}"
    assert f"Python {oldest} to {newest}" in (REPOSITORY / "README.md").read_text()
    makefile = (REPOSITORY / "Makefile").read_text()
    assert f"(3, {low}) <= sys.version_info[:2] < (3, {above})" in makefile
    assert f"Python {oldest} to {newest} is needed" in makefile
    assert f"--python-version {oldest}" in makefile  # what is pinned fits the oldest
