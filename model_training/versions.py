"""Versions: the folder of learnt models, each with its parent, and which of them is served.

A learnt model is three files, `VERSION.keras`, `.tflite` and `.json`. `ALPHABET.served`, replaced in one
step, is JSON that names the served "version" and the "base", the trained model that it comes from. Without
it, or where another base has been put in place, the base is served. The server reads the same files.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import keras
import platformdirs

from model_training.alphabets import Alphabet
from model_training.export import write_lean
from model_training.model_file import model_path, read_facts, save_model

SUFFIXES = (".keras", ".tflite", ".json")
ASIDE = "not-adopted"  # the folder within the folder, for candidates that were not adopted


class VersionError(Exception):
    """What can't be done with the versions; the message is a sentence that says why."""


def learnt_folder() -> Path:
    """Where learnt models are kept: LEARNT_MODELS, or a folder of the user's data."""
    named = os.environ.get("LEARNT_MODELS")
    data = platformdirs.user_data_path("handwritten-digit-recognition", appauthor=False)
    return Path(named) if named else data / "models"


@dataclass(frozen=True)
class Versions:
    """The versions of the model of one alphabet."""

    folder: Path
    alphabet: Alphabet
    base: Path  # the trained model that the first lessons taught

    @classmethod
    def of(cls, alphabet: Alphabet, folder: Path | None = None) -> "Versions":
        """The versions of the shipped model of `alphabet`, in `folder` or where they are kept."""
        return cls(folder or learnt_folder(), alphabet, model_path(alphabet))

    @property
    def served(self) -> Path:
        """The file of the model that is served.

        Raises VersionError if a pointer names a model that isn't there.
        """
        pointer = self._pointer()
        if pointer is None or pointer["base"] != read_facts(self.base)["version"]:
            return self.base
        path = self.path(pointer["version"])
        if not all(path.with_suffix(suffix).is_file() for suffix in SUFFIXES):
            raise VersionError(f"{self._pointer_path} names {path.name}, which isn't whole in {self.folder}.")
        return path

    def path(self, version: str) -> Path:
        """Where a learnt model is, or would be."""
        return self.folder / f"{version}.keras"

    def keep(self, model: keras.Model, adopted: bool, **facts) -> dict:
        """Write a model that has learnt, a child of the served one; serve it if `adopted`. Return its facts.

        Files are whole before they get their names, and these before the pointer names them.
        """
        parent, base = read_facts(self.served)["version"], read_facts(self.base)["version"]
        folder = self.folder if adopted else self.folder / ASIDE
        unnamed = folder / f"unnamed-{os.getpid()}.keras"
        try:
            save_model(model, unnamed, self.alphabet, parent=parent, base=base, **facts)
            known = write_lean(unnamed)
            for suffix in SUFFIXES:
                unnamed.with_suffix(suffix).replace(folder / f"{known['version']}{suffix}")
        finally:
            for suffix in SUFFIXES:
                unnamed.with_suffix(suffix).unlink(missing_ok=True)
        if adopted:
            self._point_to(known["version"], base)
        return known

    def back(self) -> tuple[str, str]:
        """Serve the parent of the served model again; return the version that was served and the one that is.

        Raises VersionError if a trained model is served, which has none, or the parent isn't there any more.
        """
        served = self.served
        if served == self.base:
            raise VersionError(
                f"The model of {self.alphabet.name} that is served has learnt nothing: there is no way back."
            )
        facts, base = read_facts(served), read_facts(self.base)["version"]
        if facts["parent"] == base:
            self._pointer_path.unlink()
        elif self.path(facts["parent"]).is_file():
            self._point_to(facts["parent"], base)
        else:
            raise VersionError(f"{facts['parent']}, its parent, isn't in {self.folder}.")
        return facts["version"], facts["parent"]

    @property
    def _pointer_path(self) -> Path:
        return self.folder / f"{self.alphabet.name}.served"

    def _pointer(self) -> dict[str, str] | None:
        try:
            pointer = json.loads(self._pointer_path.read_text("utf-8"))
            return {name: str(pointer[name]) for name in ("version", "base")}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VersionError(
                f"{self._pointer_path} doesn't name a version: delete it, and the trained model is served."
            ) from error

    def _point_to(self, version: str, base: str) -> None:
        partial = self._pointer_path.with_name(f"partial-{self._pointer_path.name}")
        partial.write_text(json.dumps({"version": version, "base": base}) + "\n", "utf-8")
        partial.replace(self._pointer_path)
