"""Why an image is read as it is: the evidence in its ink, and what each layer makes of it."""

from math import isqrt
from typing import Any

import numpy as np

from backend.reading.classifier import HEAD, Classifier
from backend.reading.pictures.stages import data_url
from model_training.saliency import find_evidence

DECIMALS = 4  # of a map's value

# Title and description by place in the network.
FIRST = "Strokes and edges", "Each of these {count} filters lights up where it finds its own kind of edge."
MIDDLE = "Corners and curves", "Each of these {count} filters lights up where edges meet or bend its own way."
LAST = (
    "Parts of {one}s",
    "Each of these {count} filters looks for a larger part, such as a loop or a crossing.",
)
WHOLE = "The whole {one}", "Each of these {count} units weighs all parts; the {one} is told from the units."


def explain(framed: np.ndarray, probabilities: list[float], classifier: Classifier) -> dict[str, Any]:
    """Return what `/explain` adds to the prediction for the image `framed`, (28, 28) uint8.

    `probabilities` are those of the prediction; of two that are equal the first label comes first.
    """
    guess, runner_up = np.argsort(-np.array(probabilities), kind="stable")[:2].tolist()
    evidence = find_evidence(
        framed, lambda images: classifier.classify(images).probabilities, guess, runner_up
    )
    return {
        "guess": guess,
        "runner_up": runner_up,
        "saliency": np.round(evidence.saliency, DECIMALS).reshape(-1).tolist(),
        "counter_evidence": np.round(evidence.counter_evidence, DECIMALS).reshape(-1).tolist(),
        "layers": _layers(classifier.activations(framed), classifier.alphabet.one),
    }


def _layers(activations: dict[str, np.ndarray], one: str) -> list[dict[str, Any]]:
    blocks = [name for name in activations if name != HEAD]
    words = dict.fromkeys(blocks, MIDDLE) | {HEAD: WHOLE}
    words |= dict.fromkeys(blocks[-1:], LAST) | dict.fromkeys(blocks[:1], FIRST)
    return [_layer(name, *words[name], one, values) for name, values in activations.items()]


def _layer(name: str, title: str, description: str, one: str, values: np.ndarray) -> dict[str, Any]:
    count = values.shape[-1]
    rows = next(divisor for divisor in range(isqrt(count), 0, -1) if count % divisor == 0)
    return {
        "name": name,
        "title": title.format(one=one),
        "description": description.format(count=count, one=one),
        "shape": list(values.shape),
        "columns": count // rows,
        "rows": rows,
        "image": data_url(sprite(values, rows)),
    }


def sprite(values: np.ndarray, rows: int) -> np.ndarray:
    """Return the maps in `values`, (height, width, maps) or (maps,), as tiles in `rows` rows, 2-D uint8.

    The largest value of all maps is white; 0 and what is below it is black.
    """
    height, width = values.shape[:2] if values.ndim == 3 else (1, 1)
    tiles = values.reshape(height, width, rows, -1)
    together = tiles.transpose(2, 0, 3, 1).reshape(rows * height, -1)
    positive = np.maximum(together, 0)
    return np.round(255 * positive / max(positive.max(), 1e-12)).astype(np.uint8)
