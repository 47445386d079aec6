"""Replay: what a model must not forget while it learns something new, and where that is drawn or read from.

Most of it is drawn here, from our own stroke alphabet in many hands, so that a machine without any data set
can rehearse; where MNIST, the pen digits or UNIPEN are at hand, a part of what they train on is added.
What is rehearsed are the model's own answers (Li and Hoiem, "Learning without Forgetting", 2016).
"""

import os
from dataclasses import dataclass

import keras
import numpy as np

from model_training.alphabets import DIGITS, Alphabet
from model_training.datasets import (
    Drawing,
    Images,
    load_mnist,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.framing import SIDE
from model_training.negatives import NEEDS_NOTHING, render_negatives
from model_training.network import PROBABILITIES, is_one_of, run
from model_training.strangers import split_strangers
from model_training.stroke_alphabet import DIGIT_GLYPHS, LETTER_GLYPHS, glyphs
from model_training.stroke_augmentation import render, render_variants
from model_training.unipen import load_unipen

DRAWN, NEGATIVES, OF_A_SET = 1_500, 1_000, 1_500  # images to rehearse
MOST = 4_000  # characters of a data set's validation part, to choose and to judge by
CHARACTERS, DRAWN_NEGATIVES = "drawn_characters", "drawn_negatives"
LEARN_SEED, CHOOSE_SEED, JUDGE_SEED = 41_001, 41_002, 41_003  # no two draw the same


@dataclass(frozen=True)
class Replay:
    """What is rehearsed: images, (n, 28, 28) uint8, and what the model said of them before it learnt."""

    images: np.ndarray
    probabilities: np.ndarray  # (n, labels)
    is_one: np.ndarray  # (n,)

    def __len__(self) -> int:
        return len(self.images)


def remember(model: keras.Model, images: np.ndarray) -> Replay:
    """The replay of `images`, (n, 28, 28), with the answers of `model`."""
    says = run(model, images)
    return Replay(images, says[PROBABILITIES], says[is_one_of(model)][:, 0])


def own_characters(alphabet: Alphabet) -> list[Drawing]:
    """Every glyph of our own stroke alphabet that shows a character of `alphabet`."""
    named = DIGIT_GLYPHS if alphabet is DIGITS else LETTER_GLYPHS
    return [Drawing(strokes, name[0]) for name, strokes in glyphs(named).items()]


def draw_own(alphabet: Alphabet, n: int, negatives: int, seed: int) -> Images:
    """Draw about `n` characters of our own and `negatives`, whose label is the number of labels."""
    own = own_characters(alphabet)
    characters = render_variants(own, max(1, round(n / len(own))), seed, alphabet=alphabet)
    nothing = np.zeros((0, SIDE, SIDE), np.uint8)
    no_scans = Images(nothing, np.zeros(0, np.uint8))
    none = render_negatives(negatives, seed, [], no_scans, NEEDS_NOTHING[alphabet.name], alphabet=alphabet)
    return Images(
        np.concatenate([characters.images, none.images]),
        np.concatenate([characters.labels, np.full(negatives, len(alphabet), np.uint8)]),
    )


def to_rehearse(alphabet: Alphabet, real: bool = True) -> np.ndarray:
    """What is rehearsed while learning: drawn here, and, if `real`, of the training parts at hand."""
    parts = [draw_own(alphabet, DRAWN, NEGATIVES, LEARN_SEED).images]
    if real:
        rng = np.random.default_rng(LEARN_SEED)
        scanned, drawings = _at_hand(alphabet, 0)
        if scanned is not None:
            parts.append(sample(scanned, OF_A_SET, rng).images)
        parts += [render(sample(of, OF_A_SET, rng), alphabet).images for of in drawings.values()]
    return np.concatenate(parts)


def to_choose_by(alphabet: Alphabet, real: bool = True) -> dict[str, Images]:
    """What decides how far a model goes towards what it has learnt, by name: see `to_judge_by`."""
    drawn = _drawn(alphabet, 2 * DRAWN // 3, NEGATIVES // 2, CHOOSE_SEED)
    return drawn | (_validation(alphabet, 0) if real else {})


def to_judge_by(alphabet: Alphabet, real: bool = True) -> dict[str, Images]:
    """What a learnt model must not have forgotten, by name; negatives are labelled with the number of labels.

    Drawn here by another seed than what is rehearsed, and, if `real`, every other image of the validation
    parts at hand; those between them choose.
    """
    return _drawn(alphabet, DRAWN, NEGATIVES, JUDGE_SEED) | (_validation(alphabet, 1) if real else {})


def halves(images: Images) -> tuple[Images, Images]:
    """Every other image: the first half is to choose by, the second to judge by."""
    places = np.arange(len(images))
    return images.take(places % 2 == 0), images.take(places % 2 == 1)


def _drawn(alphabet: Alphabet, n: int, negatives: int, seed: int) -> dict[str, Images]:
    drawn = draw_own(alphabet, n, negatives, seed)
    negative = drawn.labels == len(alphabet)
    return {CHARACTERS: drawn.take(~negative), DRAWN_NEGATIVES: drawn.take(negative)}


def _validation(alphabet: Alphabet, half: int) -> dict[str, Images]:
    scanned, drawings = _at_hand(alphabet, 1)
    rng = np.random.default_rng(JUDGE_SEED)
    sets = {f"{name}_validation": render(sample(of, MOST, rng), alphabet) for name, of in drawings.items()}
    if scanned is not None:
        sets["mnist_validation"] = scanned
    return {name: halves(images)[half] for name, images in sets.items()}


def _at_hand(alphabet: Alphabet, part: int) -> tuple[Images | None, dict[str, list[Drawing]]]:
    """The training (0) or validation part (1) of what the environment names: scans, and strokes by name.

    Nothing is downloaded: learning works without a network.
    """
    strangers = split_strangers(load_unipen(alphabet.name) or [])
    drawings = {"strangers": strangers.validation if part else strangers.training}
    scanned = None
    if alphabet is DIGITS:
        if os.environ.get("MNIST_PATH"):
            scanned = split_mnist(load_mnist()[0])[part]
        if os.environ.get("PENDIGITS_PATH"):
            drawings["pen"] = split_pendigits(load_pendigits())[part]
    return scanned, {name: of for name, of in drawings.items() if of}
