"""What reading can be told: which model, and how large a picture may be."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = user_cache_path("handwritten-digit-recognition", appauthor=False)
LEARNT = user_data_path("handwritten-digit-recognition", appauthor=False) / "models"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class ReadingSettings:
    """The settings of reading, with their defaults."""

    max_file_bytes: int = 32 * MEBIBYTE
    max_picture_memory: int = 160 * MEBIBYTE  # of all pictures that a process decodes at a time
    model_path: Path = REPOSITORY / "models" / "digit_cnn.keras"
    letters_model_path: Path = REPOSITORY / "models" / "letter_cnn.keras"
    cache_folder: Path = CACHE  # for a lean copy that isn't beside its model
    learnt_folder: Path = LEARNT  # of the models that have learnt from corrections


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> ReadingSettings:
    """Return the settings that `environment` asks for.

    With MODEL_PATH, LETTERS_MODEL_PATH, API_CACHE and LEARNT_MODELS.
    """
    return ReadingSettings(
        model_path=Path(environment.get("MODEL_PATH") or ReadingSettings.model_path),
        letters_model_path=Path(environment.get("LETTERS_MODEL_PATH") or ReadingSettings.letters_model_path),
        cache_folder=Path(environment.get("API_CACHE") or ReadingSettings.cache_folder),
        learnt_folder=Path(environment.get("LEARNT_MODELS") or ReadingSettings.learnt_folder),
    )
