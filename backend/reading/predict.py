"""From what was sent to what is answered, without HTTP."""

from typing import Any

import numpy as np

from backend.api.schemas import BLANK, NOT_A_DIGIT, NOTHING_FOUND
from backend.reading.classifier import CLASSES, Classifier
from backend.reading.pictures.digit import Ink, picture_to_ink
from model_training.framing import SIDE, frame, frame_all

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
    probabilities, is_digit = classifier.classify(framed)  # (n, 10), (n,)
    inked: list[bool] = np.any(framed, axis=(1, 2)).tolist()
    accepted: list[bool] = (is_digit >= classifier.threshold).tolist()
    rows = np.round(probabilities, DECIMALS).tolist()
    predictions = [
        answer(row, None if fits else NOT_A_DIGIT) if has_ink else nothing(blank)
        for row, has_ink, fits in zip(rows, inked, accepted, strict=True)
    ]
    return predictions, framed


def predict_picture(
    content: bytes, most_pixels: int, classifier: Classifier
) -> tuple[list[dict], np.ndarray, Ink]:
    """Return what `predict` does for the picture file `content`, and the ink that was found on it.

    Raises PictureError as `picture_to_ink` does.
    """
    ink = picture_to_ink(content, most_pixels)
    return *predict(frame(ink.levels)[None], classifier, blank=NOTHING_FOUND), ink


def answer(probabilities: list[float], refused: str | None = None) -> dict[str, Any]:
    """Return the prediction of the most probable digit; the lower one of two that are equal.

    With a reason why it is `refused` there is no digit, but still how probable each would be.
    """
    confidence = max(probabilities)
    prediction = {
        "digit": probabilities.index(confidence),
        "confidence": confidence,
        "probabilities": probabilities,
    }
    return prediction | {"digit": None, "reason": refused} if refused else prediction


def nothing(reason: str) -> dict[str, Any]:
    """Return the prediction where there is no ink: every digit is as likely as the others."""
    share = 1 / CLASSES
    return {"digit": None, "confidence": share, "probabilities": [share] * CLASSES, "reason": reason}
