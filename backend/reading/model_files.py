"""From the model's files to the lean graphs that are served: checked, converted once, cached."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from backend.reading.classifier import IS_DIGIT
from backend.serving.config import REPOSITORY

REMEDY = "Run `make train`, or restore the shipped model with `git checkout -- models`."
CONVERSION_TIMEOUT = 300  # s
# A graph made by other versions may differ, so they are part of its name in the cache.
MADE_BY = ("keras", "ai-edge-litert")
GRAPHS = ("answers.tflite", "layers.tflite")


class ModelError(Exception):
    """A model that can't be served; the message is a sentence or two that say what to do."""


@dataclass(frozen=True)
class ServedModel:
    """A checked model: its lean graphs and the facts that stand beside the `.keras` file."""

    graph: bytes  # gives the answers
    layers: bytes  # gives the activations; empty for a network without layers that are shown
    facts: dict[str, Any]


def prepare_model(model_path: Path, cache_folder: Path) -> ServedModel:
    """Return the graphs and the facts of the `.keras` model at `model_path`.

    The file is checked against the sha256 in the `.json` beside it before anything reads it. The
    graphs are made in a short-lived process and kept in `cache_folder` under the model's sha256.

    Raises ModelError if the model is missing, damaged, of another format or of another shape.
    """
    if model_path.suffix != ".keras":
        raise ModelError(f"The model {model_path.name} must be a .keras file. {REMEDY}")
    facts = _read_facts(model_path.with_suffix(".json"))
    digest = _sha256(_read(model_path))
    if digest != facts["sha256"]:
        raise ModelError(
            f"The model {model_path} is not the one that {model_path.stem}.json describes "
            f"(its sha256 differs), so it is damaged or half replaced. {REMEDY}"
        )
    made_by = "-".join(version(package) for package in MADE_BY)
    cached = [cache_folder / f"{digest}-{made_by}-{name}" for name in GRAPHS]
    answers, layers = _cached_graphs(cached) or _make_graphs(model_path, cached)
    # A graph holds the names of its outputs.
    if IS_DIGIT.encode() in answers and "refusal" not in facts:
        raise ModelError(
            f"The model {model_path} says whether an image is a digit, but {model_path.stem}.json has no "
            f"'refusal' with the 'threshold' below which it is none. {REMEDY}"
        )
    return ServedModel(answers, layers, facts)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(f"There is no model at {path}. {REMEDY}") from None
    except OSError as error:
        raise ModelError(f"The model's file {path} can't be read: {error.strerror}. {REMEDY}") from None


def _read_facts(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(_read(path))
    except ValueError:
        raise ModelError(f"The model's facts {path} are not JSON. {REMEDY}") from None
    for name in ("version", "sha256"):
        if not isinstance(facts, dict) or not isinstance(facts.get(name), str):
            raise ModelError(f"The model's facts {path} lack {name!r}. {REMEDY}")
    if "refusal" in facts and not _has_threshold(facts["refusal"]):
        raise ModelError(
            f"The model's facts {path} must give a 'threshold' from 0 to 1 in 'refusal': an image is no "
            f"digit where `is_digit` is below it. {REMEDY}"
        )
    return facts


def _has_threshold(refusal: Any) -> bool:
    threshold = refusal.get("threshold") if isinstance(refusal, dict) else None
    return isinstance(threshold, int | float) and not isinstance(threshold, bool) and 0 <= threshold <= 1


def _cached_graphs(paths: list[Path]) -> list[bytes] | None:
    found = [graph for path in paths if (graph := _cached_graph(path)) is not None]
    return found if len(found) == len(paths) else None


def _cached_graph(path: Path) -> bytes | None:
    try:
        graph = path.read_bytes()
        intact = _sha256(graph) == path.with_suffix(".sha256").read_text("ascii")
    except (OSError, ValueError):
        return None
    return graph if intact else None


def _make_graphs(model_path: Path, cached: list[Path]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            process = subprocess.run(
                [sys.executable, "-m", "backend.serving.convert", str(model_path.resolve()), folder],
                cwd=REPOSITORY,
                capture_output=True,
                text=True,
                timeout=CONVERSION_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            raise ModelError(f"Converting the model {model_path} took too long. {REMEDY}") from None
        if process.returncode != 0:
            lines = (process.stdout if process.returncode == 3 else process.stderr).strip().splitlines()
            raise ModelError(f"The model {model_path} {lines[-1] if lines else 'failed'}. {REMEDY}")
        graphs = [(Path(folder) / name).read_bytes() for name in GRAPHS]
    for graph, path in zip(graphs, cached, strict=True):
        _keep(graph, path)
    return graphs


def _keep(graph: bytes, cached: Path) -> None:
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        _replace(cached, graph)
        _replace(cached.with_suffix(".sha256"), _sha256(graph).encode())
    except OSError:
        pass  # a folder that can't be written costs the conversion at each start, no more


def _replace(path: Path, content: bytes) -> None:
    handle, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(unfinished, path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
