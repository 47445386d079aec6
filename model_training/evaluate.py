"""Evaluation: the figures of a model on each set, and its calibration.

`python -m model_training.evaluate` measures the shipped model again and compares what it finds with
`models/digit_cnn.json`.
"""

import argparse
import sys
from pathlib import Path

import keras
import numpy as np
from scipy.optimize import minimize_scalar

from model_training import refusal
from model_training.datasets import (
    DataUnavailableError,
    Images,
    load_mnist,
    load_optical_digits,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.framing import frame_all
from model_training.model_file import MODEL_PATH, read_facts
from model_training.network import logits_of, predict, run, set_temperature
from model_training.stroke_augmentation import render, render_canvas, render_resized

ECE_BINS = 15
# How far a figure measured again may differ: floats differ between machines, and may flip two images.
AGREEMENT, FLIPPED = 0.0005, 2


def evaluation_sets(limit: int | None = None) -> dict[str, Images]:
    """Every set that a figure is reported on, by the name it has in digit_cnn.json.

    With a `limit` at most so many images of each, to try things out.
    """
    mnist, test = load_mnist()
    validation = split_mnist(mnist)[1]
    _, pen = split_pendigits(load_pendigits())
    optical = load_optical_digits()
    if limit is not None:
        rng = np.random.default_rng(0)
        validation, test, optical = (sample(images, limit, rng) for images in (validation, test, optical))
        pen = sample(pen, limit, rng)
    canvas, resized = render_canvas(pen), render_resized(pen)
    return {
        "mnist_test": test,
        "mnist_validation": validation,
        "pen_validation": render(pen),
        # Framed, as `/predict` does with whatever is posted.
        "pen_validation_canvas": Images(frame_all(canvas.images), canvas.labels),
        "pen_validation_resized": Images(frame_all(resized.images), resized.labels),
        "optical_digits": Images(frame_all(optical.images), optical.labels),
    }


def measure(model: keras.Model, sets: dict[str, Images] | None = None) -> dict[str, dict]:
    """Measure `model` on each set: see `figures_of`."""
    return {
        name: figures_of(predict(model, images.images), images.labels)
        for name, images in (sets or evaluation_sets()).items()
    }


def figures_of(probabilities: np.ndarray, labels: np.ndarray) -> dict:
    """Figures of (n, 10) probabilities against (n,) labels.

    n, errors, accuracy with its 95% interval (Wilson, 1927), cross-entropy loss, expected calibration
    error, and the accuracy of each class.
    """
    right = probabilities.argmax(axis=1) == labels
    own = probabilities[np.arange(len(labels)), labels]
    return {
        "n": len(labels),
        "errors": int((~right).sum()),
        "accuracy": round(float(right.mean()), 5),
        "accuracy_95": [round(float(v), 5) for v in wilson_interval(right.sum(), len(labels))],
        "loss": round(float(-np.log(np.maximum(own, 1e-12)).mean()), 5),
        "ece": round(expected_calibration_error(probabilities, labels), 5),
        "accuracy_by_digit": [
            round(float(right[labels == digit].mean()), 5) for digit in range(probabilities.shape[1])
        ],
    }


def wilson_interval(successes: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval of a share, `successes` of `n` (n > 0)."""
    share = successes / n
    middle = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = ECE_BINS) -> list[dict]:
    """Confidence against accuracy in equal-width bins of confidence, empty bins left out."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "confidence": float(confidence[bin_of == b].mean()),
            "accuracy": float(right[bin_of == b].mean()),
            "n": int((bin_of == b).sum()),
        }
        for b in np.unique(bin_of)
    ]


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = ECE_BINS) -> float:
    """Mean gap between confidence and accuracy, weighted by bin (Naeini et al., 2015)."""
    return sum(
        b["n"] * abs(b["confidence"] - b["accuracy"]) for b in reliability(probabilities, labels, bins)
    ) / len(labels)


def calibrate(model: keras.Model, validation: Images) -> tuple[keras.Model, float]:
    """Return `model` with the temperature of the lowest loss on `validation`, and that temperature.

    Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", 2017) moves
    confidences and never the answer.
    """
    logits = run(logits_of(model), validation.images).astype(np.float64)

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        scaled -= scaled.max(axis=1, keepdims=True)
        own = scaled[np.arange(len(scaled)), validation.labels]
        return float((np.log(np.exp(scaled).sum(axis=1)) - own).mean())

    temperature = float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))
    return set_temperature(model, temperature), temperature


def print_figures(figures: dict[str, dict]) -> None:
    """Print a table of figures, a line a set."""
    print(f"{'set':24}{'n':>7}{'errors':>8}{'accuracy':>10}  {'95% interval':17}{'loss':>8}{'ECE':>8}")
    for name, f in figures.items():
        low, high = f["accuracy_95"]
        print(
            f"{name:24}{f['n']:7}{f['errors']:8}{f['accuracy']:10.2%}  {low:.2%} - {high:.2%}"
            f"{f['loss']:8.4f}{f['ece']:8.4f}"
        )


def disagreements(recorded: dict[str, dict], measured: dict[str, dict]) -> list[str]:
    """Say where figures measured again differ from the recorded ones."""
    return [
        f"{name}: {figure} is recorded as {recorded.get(name, {}).get(figure)}, measured as {f[figure]}"
        for name, f in measured.items()
        for figure in ("accuracy", "ece")
        if abs(recorded.get(name, {}).get(figure, np.inf) - f[figure])
        > max(AGREEMENT, (FLIPPED + 0.5) / f["n"])
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure a saved model from the command line; return 1 if its recorded figures don't hold."""
    parser = argparse.ArgumentParser(prog="python -m model_training.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_PATH)
    options = parser.parse_args(arguments)
    try:
        sets = evaluation_sets()
        all_sets = refusal.refusal_sets(sets)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    model, facts = keras.models.load_model(options.model), read_facts(options.model)
    measured = measure(model, sets)
    print_figures(measured)
    refused = refusal.measure(model, facts["refusal"]["threshold"], all_sets)
    refusal.print_refusal(refused)
    wrong = disagreements(facts["figures"], measured) + refusal.disagreements(facts["refusal"], refused)
    print("\n".join(wrong) or f"These are the figures recorded in {options.model.with_suffix('.json').name}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
