"""From what was sent to what is answered, without HTTP."""

from typing import Any

import numpy as np

from backend.classifier import CLASSES, Classifier
from backend.schemas import BLANK
from model_training.framing import SIDE, frame_all

DECIMALS = 8  # of a probability; ten of them still sum to 1 within 1e-6


def to_images(pixels: list[Any]) -> np.ndarray:
    """Return images, (n, 28, 28) float64, of validated `pixels`: n lists, each flat or nested."""
    flat = [image if len(image) != SIDE else [level for row in image for level in row] for image in pixels]
    return np.array(flat, np.float64).reshape(-1, SIDE, SIDE)


def predict(images: np.ndarray, classifier: Classifier, blank: str = BLANK) -> tuple[list[dict], np.ndarray]:
    """Return one prediction an image, and the framed images, (n, 28, 28) uint8, that the model saw.

    `images` is (n, 28, 28) of 0..255; `blank` is the reason given where there is no ink.
    """
    framed = frame_all(images)
    probabilities = np.round(classifier.probabilities(framed), DECIMALS)  # (n, 10)
    inked: list[bool] = np.any(framed, axis=(1, 2)).tolist()
    predictions = [
        answer(row) if has_ink else refusal(blank)
        for row, has_ink in zip(probabilities.tolist(), inked, strict=True)
    ]
    return predictions, framed


def answer(probabilities: list[float]) -> dict[str, Any]:
    """Return the prediction of the most probable digit; the lower one of two that are equal."""
    confidence = max(probabilities)
    return {
        "digit": probabilities.index(confidence),
        "confidence": confidence,
        "probabilities": probabilities,
    }


def refusal(reason: str) -> dict[str, Any]:
    """Return the prediction that there is no digit: every one is as likely as the others."""
    share = 1 / CLASSES
    return {"digit": None, "confidence": share, "probabilities": [share] * CLASSES, "reason": reason}
