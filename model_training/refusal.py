"""Refusal: when an answer should be "that isn't a digit" (or a letter), and how well that is told.

The score is the network's `is_digit` (or `is_letter`) output. It is compared with what could be read off a
network without one: the largest probability (Hendrycks and Gimpel, 2017), the largest logit, the energy
(Liu et al., 2020), and the distance to the nearest class centre in the features (Lee et al., 2018).
"""

from dataclasses import dataclass

import keras
import numpy as np
from scipy.special import logsumexp
from sklearn.metrics import roc_auc_score

from model_training import real_negatives
from model_training.alphabets import DIGITS, LETTERS, Alphabet
from model_training.datasets import Images, load_emnist_letters
from model_training.negatives import APART, HELD_OUT, TRAINED, as_people_drew_them, render_negatives
from model_training.network import PROBABILITIES, is_one_of, logits_of, outputs, run
from model_training.sources import Sources

# Of each kind of validation characters. What is promised is half a per cent of what is written with care; the
# bad scans are spoilt further than most real ones, and among the held-out writers one has lost strokes.
MOST_REFUSED = {
    "mnist_validation": 0.004,
    "pen_validation": 0.004,
    "strangers_writers": 0.02,
    "capitals_writers": 0.02,
    "small_writers": 0.02,
}
MOST_REFUSED_OTHERS = 0.0125
MOST_REFUSED_SCANS = {DIGITS.name: 0.0125, LETTERS.name: 0.025}
# The validation characters, written with care, whose scores AUROC compares.
POOLED = {
    DIGITS.name: ("mnist_validation", "pen_validation"),
    LETTERS.name: ("capitals_collections", "small_collections"),
}
OTHER_SEED = 815  # no training run draws its negatives by it
FEATURES = "head_relu"  # the layer whose values are the features


@dataclass(frozen=True)
class RefusalSets:
    """What refusal is measured on: characters and negatives by name, each (n, 28, 28) uint8, framed."""

    characters: dict[str, Images]
    negatives: dict[str, np.ndarray]
    alphabet: Alphabet = DIGITS


def refusal_sets(characters: dict[str, Images], sources: Sources, n: int = 500) -> RefusalSets:
    """Draw `n` negatives of each kind for the sets `characters`: others than a run chooses by.

    Of real ones there are up to four times as many, undistorted.
    """
    alphabet = sources.alphabet
    characters_drawn = sources.pen_validation or sources.strangers.validation
    negatives = {
        kind: render_negatives(
            n, OTHER_SEED, characters_drawn, sources.scanned_validation, {kind: 1.0}, alphabet=alphabet
        ).images
        for kind in (*TRAINED[alphabet.name], *HELD_OUT, *APART[alphabet.name])
    }
    for kind, drawings in sources.real_negatives.validation.items():
        negatives[kind] = as_people_drew_them(drawings, 4 * n, OTHER_SEED)
    letters = load_emnist_letters() if alphabet is DIGITS else None
    if letters is not None:
        negatives["EMNIST letters"] = letters.images
    return RefusalSets(characters, negatives, alphabet)


def scores(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """How surely each of `images`, (n, 28, 28), is a character of the model's alphabet: (n,) in 0..1."""
    return outputs(model, images)[is_one_of(model)][:, 0]


def choose_threshold(of_characters: dict[str, np.ndarray], alphabet: Alphabet = DIGITS) -> float:
    """The largest threshold at which no kind of characters, scores (n,) by name, is refused too often."""
    most = {**MOST_REFUSED, "scans_validation": MOST_REFUSED_SCANS[alphabet.name]}
    limits = (
        np.quantile(s, most.get(kind, MOST_REFUSED_OTHERS), method="lower")
        for kind, s in of_characters.items()
    )
    return round(float(min(limits)), 4)


def measure(model: keras.Model, threshold: float, sets: RefusalSets) -> dict:
    """Measure refusal at `threshold`; a score below it is refused.

    AUROC of character against none is of the sets in `POOLED` against the kinds of negatives that were
    trained on (in other instances), against those that were not, and against look-alikes; then the share
    refused of each set and kind.
    """
    alphabet = sets.alphabet
    characters = {name: scores(model, images.images) for name, images in sets.characters.items()}
    negatives = {kind: scores(model, images) for kind, images in sets.negatives.items()}
    pooled = np.concatenate([s for name, s in characters.items() if name in POOLED[alphabet.name]])
    trained = [k for k in (*TRAINED[alphabet.name], *real_negatives.TRAINED[alphabet.name]) if k in negatives]
    held_out = [k for k in (*HELD_OUT, *real_negatives.HELD_OUT) if k in negatives]

    def auroc_of(kinds) -> float:
        return auroc(pooled, np.concatenate([negatives[kind] for kind in kinds]))

    return {
        "threshold": threshold,
        "auroc": {
            "kinds trained on": auroc_of(trained),
            "kinds never trained on": auroc_of(held_out),
            **_of_pen_digits_alone(characters, [negatives[kind] for kind in (*trained, *held_out)]),
            **{kind: auroc_of([kind]) for kind in negatives if kind not in (*trained, *held_out)},
        },
        refused_key(alphabet): {name: _share(s < threshold) for name, s in characters.items()},
        "negatives_refused": {kind: _share(s < threshold) for kind, s in negatives.items()},
    }


def refused_key(alphabet: Alphabet) -> str:
    """The key in a model's facts of how many characters of `alphabet` are refused, by set."""
    return f"{alphabet.name}_refused"


def _of_pen_digits_alone(characters: dict[str, np.ndarray], negatives: list[np.ndarray]) -> dict[str, float]:
    if "pen_validation" not in characters:
        return {}
    return {"pen digits alone, all kinds": auroc(characters["pen_validation"], np.concatenate(negatives))}


def compare_scores(
    model: keras.Model, training: Images, characters: np.ndarray, negatives: np.ndarray
) -> dict:
    """AUROC of `characters` against `negatives`, (n, 28, 28) each, by each way of scoring them.

    The class centres and their common covariance come from `training`, which has all labels.
    """
    inside = keras.Model(model.input, model.get_layer(FEATURES).output)
    features = run(inside, training.images).astype(np.float64)  # (n, features)
    centres = np.stack([features[training.labels == c].mean(axis=0) for c in np.unique(training.labels)])
    spread = features - centres[training.labels]
    precision = np.linalg.pinv(spread.T @ spread / len(spread) + 1e-6 * np.eye(features.shape[1]))

    def ways(images: np.ndarray) -> dict[str, np.ndarray]:
        says = outputs(model, images)
        logits = run(logits_of(model), images).astype(np.float64)
        away = run(inside, images)[:, None].astype(np.float64) - centres  # (n, labels, features)
        distance = np.einsum("ncf,fg,ncg->nc", away, precision, away)
        return {
            f"{is_one_of(model)} output": says[is_one_of(model)][:, 0],
            "largest probability": says[PROBABILITIES].max(axis=1),
            "largest logit": logits.max(axis=1),
            "energy": logsumexp(logits, axis=1),
            "distance to the nearest class centre": -distance.min(axis=1),
        }

    of_characters, of_negatives = ways(characters), ways(negatives)
    return {way: auroc(of_characters[way], of_negatives[way]) for way in of_characters}


def auroc(of_characters: np.ndarray, of_negatives: np.ndarray) -> float:
    """The chance that a character's score is higher than a negative's (area under the ROC curve)."""
    truth = np.r_[np.ones(len(of_characters)), np.zeros(len(of_negatives))]
    return round(float(roc_auc_score(truth, np.r_[of_characters, of_negatives])), 5)


def disagreements(recorded: dict, measured: dict, agreement: float = 0.005) -> list[str]:
    """Say where what `measure` found differs from what is recorded by more than `agreement`."""
    return [
        f"refusal, {part}, {name}: {recorded[part].get(name)} is recorded, {value} measured"
        for part in sorted(measured.keys() & recorded.keys() - {"threshold"})
        for name, value in measured[part].items()
        if name in recorded[part] and abs(recorded[part][name] - value) > agreement
    ]


def print_refusal(measured: dict) -> None:
    """Print what `measure` found, and the threshold."""
    print(f"Refused below {measured['threshold']}:")
    for part in sorted(measured.keys() - {"threshold", "auroc"}):
        for name, share in measured[part].items():
            print(f"  {name:32}{share:8.2%}")
    print("AUROC, character against none:")
    for name, value in measured["auroc"].items():
        print(f"  {name:32}{value:8.4f}")


def _share(refused: np.ndarray) -> float:
    return round(float(refused.mean()), 5)
