"""The document that a prediction of one image is answered with."""

from collections.abc import Sequence
from typing import Any

from backend.reading.classifier import Classifier


def as_document(prediction: dict[str, Any], pixels: Sequence[int], classifier: Classifier) -> dict[str, Any]:
    """Return the answer with the `prediction` that `classifier` made of `pixels`, the 784 that it saw."""
    return {
        **prediction,
        "labels": classifier.alphabet.labels,
        "pixels": pixels,
        "model": classifier.facts["version"],
    }
