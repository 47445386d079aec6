"""From the model's files to the lean copy that is served: checked, and converted where it must be."""

import hashlib
import importlib.util
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from backend.reading.alphabet import DIGITS, LETTERS_NAME, Alphabet
from backend.reading.settings import REPOSITORY, ReadingSettings

REMEDY = "Run `make train`, or restore the shipped model with `git checkout -- models`."
CONVERSION_TIMEOUT = 300  # s
CONVERTER = "model_training.export"
REFUSED = 3  # its exit code where the model is to blame; the last line of its output says why
# A copy made by other versions may differ, so they are part of its name in the cache.
MADE_BY = ("keras", "ai-edge-litert")
# TensorFlow isn't to look for a graphics card, nor to say what it found.
CONVERTER_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
LINE_MODEL = "string_cnn.tflite"  # beside the model of digits
IS_DIGIT = "is_digit"  # the output that tells whether an image shows a character at all

log = logging.getLogger("backend")


class ModelError(Exception):
    """A model that can't be served; the message is a sentence or two that say what to do."""


@dataclass(frozen=True)
class ServedModel:
    """A checked model: its lean copy and the facts that stand beside the `.keras` file."""

    graph: bytes  # a LiteRT file: its outputs are the answers, and the activations of shown layers
    facts: Mapping[str, Any]
    line_graph: bytes | None = None  # of the network that reads lines of its labels whole, where there is one

    @property
    def alphabet(self) -> Alphabet:
        """What the model reads; digits where its facts name no labels."""
        if "labels" not in self.facts:
            return DIGITS
        return Alphabet(self.facts["alphabet"], tuple(self.facts["labels"]))

    @property
    def threshold(self) -> float:
        """The probability of showing a character under which an image is refused."""
        return self.facts.get("refusal", {}).get("threshold", 0.0)


def prepare_model(model_path: Path, cache_folder: Path) -> ServedModel:
    """Return the lean copy and the facts of the `.keras` model at `model_path`.

    The file is checked against the sha256 in the `.json` beside it before anything reads it. The lean copy
    is the `.tflite` beside it, if the facts say that it was made from this very file; else it is made in
    a short-lived process and kept in `cache_folder` under the model's sha256.

    Raises ModelError if the model is missing, damaged, of another format or of another shape.
    """
    facts = _checked_facts(model_path)
    graph = _lean_copy(model_path, facts) or _converted(model_path, facts["sha256"], cache_folder)
    return _served(model_path, graph, facts)


def lean_model(model_path: Path) -> ServedModel:
    """Return the lean copy beside the `.keras` model at `model_path`, and its facts: nothing is converted.

    Raises ModelError as `prepare_model` does, or if the lean copy beside the model isn't made from it.
    """
    facts = _checked_facts(model_path)
    graph = _lean_copy(model_path, facts)
    if graph is None:
        raise ModelError(f"The model {model_path} has no lean copy beside it that is made from it.")
    return _served(model_path, graph, facts)


def _checked_facts(model_path: Path) -> dict[str, Any]:
    """The facts of the model at `model_path`, which is the one that they describe."""
    if model_path.suffix != ".keras":
        raise ModelError(f"The model {model_path.name} must be a .keras file. {REMEDY}")
    facts = _read_facts(model_path.with_suffix(".json"))
    if _sha256(_read(model_path)) != facts["sha256"]:
        raise ModelError(
            f"The model {model_path} is not the one that {model_path.stem}.json describes "
            f"(its sha256 differs), so it is damaged or half replaced. {REMEDY}"
        )
    return facts


def _served(model_path: Path, graph: bytes, facts: dict[str, Any]) -> ServedModel:
    # A graph holds the names of its outputs.
    if IS_DIGIT.encode() in graph and "refusal" not in facts:
        raise ModelError(
            f"The model {model_path} says whether an image is a digit, but {model_path.stem}.json has no "
            f"'refusal' with the 'threshold' below which it is none. {REMEDY}"
        )
    return ServedModel(graph, facts, _line_graph(model_path, facts))


def _line_graph(model_path: Path, facts: dict[str, Any]) -> bytes | None:
    """The network that reads lines of digits whole, beside the model of digits, if there is one."""
    if facts.get("alphabet", DIGITS.name) != DIGITS.name:
        return None
    path = model_path.with_name(LINE_MODEL)
    try:
        graph = path.read_bytes()
        recorded = json.loads(path.with_suffix(".json").read_text("utf-8"))["sha256"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        graph, recorded = b"", None
    if _sha256(graph) != recorded:
        log.warning("%s is not what the facts beside it describe: lines are read without it.", path)
        return None
    return graph


def prepare_models(settings: ReadingSettings, with_letters: bool = True) -> tuple[ServedModel, ...]:
    """Return the models that `settings` name, each of another alphabet: of digits first, then of letters.

    Raises ModelError as `prepare_model` does, or if the second isn't a model of letters.
    """
    first = prepare_model(settings.model_path, settings.cache_folder)
    if not with_letters or first.alphabet.name == LETTERS_NAME:
        return (first,)
    second = prepare_model(settings.letters_model_path, settings.cache_folder)
    if second.alphabet.name != LETTERS_NAME:
        raise ModelError(
            f"The model {settings.letters_model_path} reads {second.alphabet.name}, not letters. Name "
            "another with LETTERS_MODEL_PATH, or leave letters out with API_LETTERS=off."
        )
    return first, second


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
    if ("labels" in facts or "alphabet" in facts) and not _has_labels(facts):
        raise ModelError(
            f"The model's facts {path} must name an 'alphabet', such as \"digits\", and at least two "
            f"different 'labels', each a text. {REMEDY}"
        )
    return facts


def _has_threshold(refusal: Any) -> bool:
    threshold = refusal.get("threshold") if isinstance(refusal, dict) else None
    return isinstance(threshold, int | float) and not isinstance(threshold, bool) and 0 <= threshold <= 1


def _has_labels(facts: dict[str, Any]) -> bool:
    name, labels = facts.get("alphabet"), facts.get("labels")
    if not isinstance(name, str) or not name or not isinstance(labels, list):
        return False
    texts = [label for label in labels if isinstance(label, str) and label]
    return len(labels) >= 2 and len(set(texts)) == len(labels)


def _lean_copy(model_path: Path, facts: dict[str, Any]) -> bytes | None:
    """The lean copy beside the model, if it is the one that the facts record, of this very model."""
    lean = facts.get("lean")
    if not isinstance(lean, dict) or lean.get("source_sha256") != facts["sha256"]:
        return None
    path = model_path.with_suffix(".tflite")
    graph = path.read_bytes() if path.is_file() else b""
    if _sha256(graph) == lean.get("sha256"):
        return graph
    log.warning("%s is not the lean copy that the model's facts record: it is made anew.", path)
    return None


def _converted(model_path: Path, digest: str, cache_folder: Path) -> bytes:
    if any(importlib.util.find_spec(package) is None for package in ("keras", "tensorflow")):
        raise ModelError(
            f"The model {model_path} has no lean copy that fits it, and Keras and TensorFlow, which make it, "
            f"are not installed here. Run `python -m {CONVERTER} {model_path}` where they are, and bring its "
            "`.tflite` and `.json` along."
        )
    made_by = "-".join(version(package) for package in MADE_BY)
    cached = cache_folder / f"{digest}-{made_by}.tflite"
    return _cached_graph(cached) or _make_graph(model_path, cached)


def _cached_graph(path: Path) -> bytes | None:
    try:
        graph = path.read_bytes()
        intact = _sha256(graph) == path.with_suffix(".sha256").read_text("ascii")
    except (OSError, ValueError):
        return None
    return graph if intact else None


def _make_graph(model_path: Path, cached: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "lean.tflite"
        try:
            process = subprocess.run(
                [sys.executable, "-m", CONVERTER, str(model_path.resolve()), "--to", str(made)],
                cwd=REPOSITORY,
                env=os.environ | CONVERTER_ENVIRONMENT,
                capture_output=True,
                text=True,
                timeout=CONVERSION_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            raise ModelError(f"Converting the model {model_path} took too long. {REMEDY}") from None
        if process.returncode != 0:
            said = process.stdout if process.returncode == REFUSED else process.stderr
            lines = said.strip().splitlines()
            raise ModelError(f"The model {model_path} {lines[-1] if lines else 'failed'}. {REMEDY}")
        graph = made.read_bytes()
    _keep(graph, cached)
    return graph


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
