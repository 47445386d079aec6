"""Real drawings that are no digit: strangers' letters and symbols, foreign characters, people's doodles.

They come from UNIPEN, Omniglot and Quick, Draw!, each of them optional. What can't be told from a digit
is left out: neither trained on as a negative nor counted as one.
"""

from dataclasses import dataclass, field

import numpy as np

from model_training.datasets import Drawing
from model_training.foreign_drawings import load_omniglot, load_quickdraw
from model_training.strangers import split_strangers
from model_training.unipen import load_unipen

# Shares of the training negatives, beside those that this project draws (which sum to 1).
TRAINED = {"real letters": 0.7, "real symbols": 0.2, "foreign characters": 0.1, "people's doodles": 0.1}
# A whole alphabet and a whole kind of doodle that are only measured.
HELD_OUT = ("foreign alphabet", "people's other doodles")
HELD_OUT_ALPHABET, HELD_OUT_DOODLE = "Balinese", "fish"
VALIDATION_DRAWERS = 4  # of Omniglot's twenty, those with the highest numbers

LETTERS_LIKE_DIGITS = frozenset("BDGIOQSYZbgiloqsyz")
SYMBOLS_LIKE_DIGITS = frozenset("/|\\()[]}!,'`.")
# Circles, bars, hooks and crosses: a model that had never met them took at least half of each for a digit.
FOREIGN_LIKE_DIGITS = frozenset(
    [f"Early_Aramaic/character{n:02}" for n in (1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 16, 17, 20)]
    + [f"Korean/character{n:02}" for n in (1, 5, 7, 9, 10, 12, 20, 21, 22, 24, 27, 33, 37, 40)]
    + [f"Balinese/character{n:02}" for n in (5, 14)]
)

Kinds = dict[str, list[Drawing] | np.ndarray]


@dataclass(frozen=True)
class RealNegatives:
    """Real negatives by kind: strokes, or bitmaps (n, 28, 28) uint8; empty where no data set is at hand."""

    training: Kinds = field(default_factory=dict)
    validation: Kinds = field(default_factory=dict)  # by other people; the held-out kinds are here alone


def load_real_negatives() -> RealNegatives:
    """Load what is at hand and split it by person.

    Raises DataUnavailableError if a variable names a file that isn't there or isn't the data set.
    """
    training: Kinds = {}
    validation: Kinds = {}
    for kind, of_unipen, like_digits in (
        ("real letters", "letters", LETTERS_LIKE_DIGITS),
        ("real symbols", "symbols", SYMBOLS_LIKE_DIGITS),
    ):
        drawings = load_unipen(of_unipen)
        if drawings is not None:
            split = split_strangers([d for d in drawings if d.label not in like_digits])
            training[kind], validation[kind] = split.training, split.validation
    foreign = load_omniglot()
    if foreign is not None:
        drawers = sorted({d.writer for d in foreign})[-VALIDATION_DRAWERS:]
        told_apart = [d for d in foreign if d.label not in FOREIGN_LIKE_DIGITS]
        known = [d for d in told_apart if not d.label.startswith(HELD_OUT_ALPHABET)]
        training["foreign characters"] = [d for d in known if d.writer not in drawers]
        validation["foreign characters"] = [d for d in known if d.writer in drawers]
        validation["foreign alphabet"] = [d for d in told_apart if d.label.startswith(HELD_OUT_ALPHABET)]
    doodles = load_quickdraw()
    if doodles is not None:
        known_doodles = [images for name, images in doodles.items() if name != HELD_OUT_DOODLE]
        fifths = [len(images) // 5 for images in known_doodles]
        training["people's doodles"] = np.concatenate(
            [images[fifth:] for images, fifth in zip(known_doodles, fifths, strict=True)]
        )
        validation["people's doodles"] = np.concatenate(
            [images[:fifth] for images, fifth in zip(known_doodles, fifths, strict=True)]
        )
        validation["people's other doodles"] = doodles[HELD_OUT_DOODLE]
    return RealNegatives(_filled(training), _filled(validation))


def _filled(kinds: Kinds) -> Kinds:
    """The kinds that hold anything: a piece of UNIPEN's archive may have nobody of a part."""
    return {kind: drawings for kind, drawings in kinds.items() if len(drawings)}
