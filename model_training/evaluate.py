"""Evaluation: the figures of a model on each set, and its calibration.

`python -m model_training.evaluate` measures the shipped model again and compares what it finds with
`models/digit_cnn.json`; with `--alphabet letters` the model of letters.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import keras
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest

from model_training import refusal
from model_training.alphabets import ALPHABETS, DIGITS, LETTERS, Alphabet
from model_training.datasets import DataUnavailableError, Drawing, Images, load_optical_digits, sample
from model_training.framing import frame_all
from model_training.model_file import model_path, read_facts
from model_training.network import (
    PROBABILITIES,
    is_one_of,
    logits_of,
    outputs,
    predict,
    run,
    set_temperature,
)
from model_training.sources import Sources, load_sources
from model_training.strangers import style_of
from model_training.stroke_augmentation import render, render_canvas, render_resized
from model_training.training_data import validation_characters

ECE_BINS = 15
L_SHIFTS = np.round(np.arange(0, 1.55, 0.1), 2)  # of a logit
# How far a figure measured again may differ: floats differ between machines, and may flip two images.
AGREEMENT, FLIPPED = 0.0005, 2


def evaluation_sets(sources: Sources) -> dict[str, Images]:
    """Every set that a figure is reported on, by the name it has in the model's facts, framed."""
    if sources.alphabet is not DIGITS:
        small = render_resized(sources.strangers.collections, alphabet=sources.alphabet)
        return {
            **validation_characters(sources),
            "collections_resized": Images(frame_all(small.images), small.labels),
            **({"emnist_test": sources.scanned_test} if len(sources.scanned_test) else {}),
        }
    canvas = render_canvas(sources.pen_validation)
    optical = load_optical_digits()
    if len(sources.scanned_test) < len(optical):  # sources that are limited, to try things out
        optical = sample(optical, len(sources.scanned_test), np.random.default_rng(0))
    return {
        "mnist_test": sources.scanned_test,
        **validation_characters(sources),
        # Framed, as `/predict` does with whatever is posted.
        "pen_validation_canvas": Images(frame_all(canvas.images), canvas.labels),
        "optical_digits": Images(frame_all(optical.images), optical.labels),
    }


def measure(model: keras.Model, sets: dict[str, Images], threshold: float = 0.0) -> dict[str, dict]:
    """Measure `model` on each set, see `figures_of`; below `threshold` a character is refused."""
    figures = {}
    is_one = is_one_of(model)
    for name, images in sets.items():
        says = outputs(model, images.images)
        answered = says[is_one][:, 0] >= threshold
        figures[name] = figures_of(says[PROBABILITIES], images.labels, answered, is_one.removeprefix("is_"))
    return figures


def confused_pairs(model: keras.Model, drawings: list[Drawing], alphabet: Alphabet, most: int = 60) -> list:
    """The pairs of characters of `alphabet` that are taken for one another most often in `drawings`.

    Each has both characters, as written (in the first's case), how often the first was taken for the other,
    and the share of all errors that is.
    """
    images = render(drawings, alphabet)
    guesses = predict(model, images.images).argmax(axis=1)
    wrong = np.flatnonzero(guesses != images.labels)
    pairs = Counter((drawings[i].label, alphabet.labels[guesses[i]]) for i in wrong)
    return [
        {"written": written, "read": read, "n": n, "share_of_errors": round(n / len(wrong), 4)}
        for (written, read), n in pairs.most_common(most)
    ]


def measure_styles(model: keras.Model, sources: Sources, threshold: float) -> dict[str, dict]:
    """How many validation strangers' characters of each style are answered right: n, right, share, interval.

    Letters are listed by case.
    """
    alphabet, drawings = sources.alphabet, sources.strangers.validation
    images = render(drawings, alphabet)
    says = outputs(model, images.images)
    right = says[PROBABILITIES].argmax(axis=1) == images.labels
    answered = right & (says[is_one_of(model)][:, 0] >= threshold)
    styles: dict[str, list[bool]] = {}
    for drawing, well in zip(drawings, answered.tolist(), strict=True):
        style = style_of(drawing) or (f"other {drawing.label}" if alphabet is DIGITS else drawing.label)
        styles.setdefault(style, []).append(well)
    return {
        style: {
            "n": len(of_style),
            "answered_right": sum(of_style),
            "share": round(sum(of_style) / len(of_style), 5),
            "share_95": _rounded_interval(sum(of_style), len(of_style)),
        }
        for style, of_style in sorted(styles.items())
    }


def figures_of(
    probabilities: np.ndarray, labels: np.ndarray, answered: np.ndarray | None = None, one: str = DIGITS.one
) -> dict:
    """Figures of (n, labels) probabilities against (n,) labels of what is called `one`.

    n, errors, accuracy of the best guess with its 95% interval (Wilson, 1927), the share answered right where
    a refusal counts as wrong (`answered`, (n,) bool; all if None), cross-entropy loss, expected calibration
    error, and the accuracy of each class (None for one that isn't there).
    """
    right = probabilities.argmax(axis=1) == labels
    own = probabilities[np.arange(len(labels)), labels]
    answered_right = right if answered is None else right & answered
    by_class = (right[labels == c] for c in range(probabilities.shape[1]))
    return {
        "n": len(labels),
        "errors": int((~right).sum()),
        "accuracy": round(float(right.mean()), 5),
        "accuracy_95": _rounded_interval(int(right.sum()), len(labels)),
        "answered_right": round(float(answered_right.mean()), 5),
        "answered_right_95": _rounded_interval(int(answered_right.sum()), len(labels)),
        "loss": round(float(-np.log(np.maximum(own, 1e-12)).mean()), 5),
        "ece": round(expected_calibration_error(probabilities, labels), 5),
        f"accuracy_by_{one}": [round(float(of.mean()), 5) if of.size else None for of in by_class],
    }


def _rounded_interval(successes: int, n: int) -> list[float]:
    return [round(float(limit), 5) for limit in wilson_interval(successes, n)]


def wilson_interval(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95% score interval of a share, `successes` of `n` (n > 0)."""
    low, high = binomtest(successes, n).proportion_ci(method="wilson")
    return low, high


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


def weigh_cases(model: keras.Model, capitals: Images, small: Images) -> tuple[keras.Model, float]:
    """Return `model` of letters with the logit of L lowered, and by how much.

    A bare bar is an I or an l: one drawing, two labels, of which the more frequent one in training would win.
    It is lowered so far that the mean accuracy of validation `capitals` and `small` letters, which count as
    much as each other, is highest.
    """
    place = LETTERS.index("L")
    logits = [(run(logits_of(model), images.images), images.labels) for images in (capitals, small)]

    def accuracy(shift: float) -> float:
        lowered = shift * np.eye(len(LETTERS))[place]
        return float(np.mean([((of - lowered).argmax(axis=1) == labels).mean() for of, labels in logits]))

    shift = float(max(L_SHIFTS, key=accuracy))
    kernel, bias = model.get_layer("logits").get_weights()
    weighed = keras.models.clone_model(model)
    weighed.set_weights(model.get_weights())
    weighed.get_layer("logits").set_weights(
        [kernel, bias - shift * np.eye(len(LETTERS), dtype=bias.dtype)[place]]
    )
    return weighed, shift


def print_figures(figures: dict[str, dict]) -> None:
    """Print a table of figures, a line a set."""
    print(
        f"{'set':24}{'n':>7}{'errors':>8}{'accuracy':>10}{'answered':>10}  {'95% interval':17}{'loss':>8}"
        f"{'ECE':>8}"
    )
    for name, f in figures.items():
        low, high = f["answered_right_95"]
        print(
            f"{name:24}{f['n']:7}{f['errors']:8}{f['accuracy']:10.2%}{f['answered_right']:10.2%}"
            f"  {low:.2%} - {high:.2%}{f['loss']:8.4f}{f['ece']:8.4f}"
        )


def disagreements(recorded: dict[str, dict], measured: dict[str, dict]) -> list[str]:
    """Say where figures measured again differ from the recorded ones."""
    return [
        f"{name}: {figure} is recorded as {recorded.get(name, {}).get(figure)}, measured as {f[figure]}"
        for name, f in measured.items()
        for figure in ("accuracy", "answered_right", "ece")
        if abs(recorded.get(name, {}).get(figure, np.inf) - f[figure])
        > max(AGREEMENT, (FLIPPED + 0.5) / f["n"])
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure a saved model from the command line; return 1 if its recorded figures don't hold."""
    parser = argparse.ArgumentParser(prog="python -m model_training.evaluate", description=__doc__)
    parser.add_argument("--alphabet", choices=ALPHABETS, default=DIGITS.name)
    parser.add_argument("--model", type=Path, help="default: the shipped model of the alphabet")
    options = parser.parse_args(arguments)
    alphabet = ALPHABETS[options.alphabet]
    path = options.model or model_path(alphabet)
    try:
        sources = load_sources(alphabet)
        sets = evaluation_sets(sources)
        all_sets = refusal.refusal_sets(sets, sources)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    model, facts = keras.models.load_model(path), read_facts(path)
    threshold = facts["refusal"]["threshold"]
    measured = measure(model, sets, threshold)
    print_figures(measured)
    refused = refusal.measure(model, threshold, all_sets)
    refusal.print_refusal(refused)
    print(f"Answered right, strangers' {alphabet.name} by style:")
    for style, of in measure_styles(model, sources, threshold).items():
        print(f"  {style:32}{of['share']:8.2%} of {of['n']}")
    wrong = disagreements(facts["figures"], measured) + refusal.disagreements(facts["refusal"], refused)
    print("\n".join(wrong) or f"These are the figures recorded in {path.with_suffix('.json').name}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
