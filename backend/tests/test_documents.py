"""What the documents say is where: the files, folders and names that they point to are there."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from backend.reading.settings import REPOSITORY

DOCUMENTS = (
    "README.md",
    "docs/architecture.md",
    "docs/cluster.md",
    "docs/photographs.md",
    "models/README.md",
)
ENDINGS = (".css", ".html", ".ipynb", ".js", ".json", ".md", ".mjs", ".png", ".py", ".toml", ".ts", ".tsx")
NOT_OURS = {".git", ".venv", "dist", "node_modules"}
INSTALLED = {"frontend/node_modules"}  # named by the README, made by `make`


def text_of(document):
    """Return a document without its blocks of code."""
    return re.sub(r"^```.*?^```", "", (REPOSITORY / document).read_text(), flags=re.DOTALL | re.MULTILINE)


@cache
def paths():
    """Return every file and folder of the project, from its root."""
    found = []
    for folder, folders, files in os.walk(REPOSITORY):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [Path(folder, name).relative_to(REPOSITORY) for name in (*folders, *files)]
    return found


def is_there(named):
    """Whether a path from the root is there; a bare file's name, or one with dots for a part, anywhere."""
    pattern = named.replace("...", "*").rstrip("/")
    if "/" in pattern and "*" not in pattern:
        return Path(pattern) in paths()
    return any(path.match(pattern) for path in paths())


def paths_named_in(text):
    """Return what stands between backticks, or is linked to, and looks like a path within the project."""
    quoted = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text)
    return {
        name
        for name in quoted
        if ("/" in name or name.endswith(ENDINGS)) and name not in ENDINGS and name not in INSTALLED
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document):
    named = paths_named_in(text_of(document))
    assert named, "the document names no path: is it still read rightly?"
    assert [name for name in sorted(named) if not is_there(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_within_the_project_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(document))
    ours = [link for link in links if "://" not in link]
    assert [link for link in ours if not (REPOSITORY / document).parent.joinpath(link).exists()] == []


def test_every_name_that_the_architecture_says_is_in_a_file_is_there():
    places = re.findall(r"`(\w+)` in `([\w./-]+\.\w+)`", text_of("docs/architecture.md"))
    assert len(places) > 5
    missing = [f"{name} in {path}" for name, path in places if not re.search(rf"\b{name}\b", read(path))]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_names_is_there(document):
    text = read(document)
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    modules = re.findall(r"python -m ([\w.]+\w)", text)
    files = [REPOSITORY.joinpath(*module.split(".")) for module in modules]
    missing = [f for f in files if not f.with_suffix(".py").is_file() and not (f / "__main__.py").is_file()]
    assert missing == []


def read(path):
    return (REPOSITORY / path).read_text()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("backend/api/routes.py", True),
        ("backend/reading/", True),
        ("framing.py", True),
        ("...Words.ts", True),
        ("backend/routes.py", False),
        ("backend/nowhere/", False),
        ("nowhere.py", False),
        ("...Sentences.ts", False),
    ],
)
def test_paths_are_looked_up_as_people_write_them(named, expected):
    assert is_there(named) is expected
