"""Learnt models: which version of each model answers, taken over between two requests when another is named.

`python -m model_training.learn` keeps each version it adopts as `VERSION.keras`, `.tflite` and `.json` in one
folder, and names the served one in `ALPHABET.served`: JSON with its "version" and its "base", the trained
model that it comes from. Without such a file, or where it names another base than the server's, the base
answers.
"""

import dataclasses
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from backend.reading.classifier import Classifier, GraphClassifier
from backend.reading.model_files import ModelError, ServedModel, lean_model

log = logging.getLogger("backend")

Stamp = tuple[int, int, int] | None  # of a file, None where there is none
Swapped = Callable[[Mapping[str, Any], Mapping[str, Any]], None]


class LiveClassifiers(Sequence[Classifier]):
    """The classifiers that answer now, one an alphabet; a request keeps its own.

    Looking whether another version is served costs one look at a file. Whoever finds one loads it while
    others go on with the version before. What can't be loaded is logged, and that version stays.
    """

    def __init__(self, bases: Sequence[ServedModel], folder: Path):
        """Serve the models `bases`, or what was learnt from them and is kept in `folder`."""
        self._places = [_Place(base, folder) for base in bases]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Classifier: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Classifier]: ...

    def __getitem__(self, index: int | slice) -> Classifier | Sequence[Classifier]:
        if isinstance(index, slice):
            return [place.now()[0] for place in self._places[index]]
        return self._places[index].now()[0]

    def __iter__(self) -> Iterator[Classifier]:
        return iter(self[:])

    def on_swap(self, swapped: Swapped) -> None:
        """Have `swapped` called with the facts of a model that was served and of the one that is."""
        for place in self._places:
            place.swapped = swapped

    def model(self, alphabet: str) -> ServedModel:
        """The model of the alphabet so named that answers now."""
        return next(model for _, model in (place.now() for place in self._places) if _reads(model, alphabet))

    def line(self, alphabet: str) -> list[dict[str, Any]]:
        """The versions of the model of the alphabet so named, the newest first and the shipped one last.

        Each has its version, parent, when it was made, of how many lessons, the figures before and after, and
        whether it is served and whether it is shipped.
        """
        return next(place.line() for place in self._places if _reads(place.base, alphabet))


def _reads(model: ServedModel, alphabet: str) -> bool:
    return model.alphabet.name == alphabet


class _Place:
    """The model of one alphabet: the base, or what it has learnt."""

    def __init__(self, base: ServedModel, folder: Path):
        self.base = base
        self.swapped: Swapped = lambda before, after: None
        self._folder = folder
        self._pointer = folder / f"{base.alphabet.name}.served"
        self._lock = threading.Lock()
        self._now = (GraphClassifier(base), base)
        self._seen: Stamp = None
        self.now()

    def now(self) -> tuple[GraphClassifier, ServedModel]:
        if _stamp(self._pointer) != self._seen and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._now

    def _look(self) -> None:
        # Taken before the file is read: what replaces it meanwhile is seen the next time.
        stamp = _stamp(self._pointer)
        served = self._now[1].facts
        try:
            model = self._named()
            if model.facts["version"] != served["version"]:
                self._now = (GraphClassifier(model), model)
                self.swapped(served, model.facts)
                log.info("%s answers now instead of %s.", model.facts["version"], served["version"])
        except (ModelError, ValueError, RuntimeError) as error:
            log.warning("What was learnt can't be served, and %s stays: %s", served["version"], error)
        self._seen = stamp

    def _named(self) -> ServedModel:
        """The model that is to be served. Raises ModelError if it can't be."""
        try:
            pointer = json.loads(self._pointer.read_text("utf-8"))
            version, base = str(pointer["version"]), str(pointer["base"])
        except FileNotFoundError:
            return self.base
        except (OSError, ValueError, KeyError, TypeError):
            raise ModelError(f"{self._pointer} doesn't name a version.") from None
        if base != self.base.facts["version"]:
            log.info("%s has learnt from %s, which isn't the model served here.", version, base)
            return self.base
        model = lean_model(self._folder / f"{Path(version).name}.keras")
        if model.facts["version"] != version or model.alphabet != self.base.alphabet:
            raise ModelError(f"{version} is another model than its file's name says.")
        return dataclasses.replace(model, line_graph=self.base.line_graph)

    def line(self) -> list[dict[str, Any]]:
        served = self.now()[1].facts["version"]
        base = self.base.facts
        known = [
            facts
            for facts in map(_facts, self._folder.glob("*.json"))
            if facts.get("base") == base["version"]
        ]
        known.sort(key=lambda facts: str(facts.get("created")), reverse=True)
        return [_entry(facts, served, base["version"]) for facts in (*known, base)]


def _entry(facts: Mapping[str, Any], served: str, shipped: str) -> dict[str, Any]:
    lessons = facts.get("lessons")
    return {
        "version": facts["version"],
        "parent": facts.get("parent"),
        "created": facts.get("created"),
        "lessons": lessons.get("learnt", 0) if isinstance(lessons, dict) else 0,
        "figures": facts.get("learning", {}),
        "served": facts["version"] == served,
        "shipped": facts["version"] == shipped,
    }


def _facts(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) and isinstance(facts.get("version"), str) else {}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
