"""Real drawings that are no character of an alphabet: other characters, symbols, foreign ones, doodles.

They come from UNIPEN, Omniglot and Quick, Draw!, each of them optional; to letters digits are negatives too.
What can't be told from a character of the alphabet is left out: neither trained on nor counted as a negative.
"""

from dataclasses import dataclass, field

import numpy as np

from model_training.alphabets import DIGITS, LETTERS, Alphabet
from model_training.datasets import Drawing, load_mnist, load_pendigits, split_mnist, split_pendigits
from model_training.foreign_drawings import load_omniglot, load_quickdraw
from model_training.strangers import split_strangers
from model_training.unipen import load_unipen

# Shares of the training negatives, beside those that this project draws (which sum to 1), by alphabet.
TRAINED = {
    DIGITS.name: {
        "real letters": 0.7,
        "real symbols": 0.2,
        "foreign characters": 0.1,
        "people's doodles": 0.1,
    },
    # Few digits: a y may look like a 4, a z like a 3, and it is the letter that was asked for.
    LETTERS.name: {
        "real digits": 0.12,
        "scanned digits": 0.05,
        "real symbols": 0.19,
        "foreign characters": 0.11,
        "people's doodles": 0.09,
    },
}
# Measured apart: drawings that often can't be told from a character of the alphabet.
APART = ("look-alike digits",)
# A whole script and a whole kind of doodle that are only measured.
HELD_OUT = ("foreign alphabet", "people's other doodles")
HELD_OUT_ALPHABET, HELD_OUT_DOODLE = "Balinese", "fish"
VALIDATION_DRAWERS = 4  # of Omniglot's twenty, those with the highest numbers

LETTERS_LIKE_DIGITS = frozenset("BDGIOQSYZbgiloqsyz")
DIGITS_LIKE_LETTERS = frozenset("012569")  # O, I and l, Z, S, b and G, g and q
SYMBOLS_LIKE = {
    DIGITS.name: frozenset("/|\\()[]}!,'`."),
    LETTERS.name: frozenset("/|\\()[]!,'`.<^+"),  # I, l, C, J, i, V, t
}
# Circles, bars, hooks and crosses: a model that had never met them took at least half of each for a digit.
FOREIGN_LIKE_DIGITS = frozenset(
    [f"Early_Aramaic/character{n:02}" for n in (1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 16, 17, 20)]
    + [f"Korean/character{n:02}" for n in (1, 5, 7, 9, 10, 12, 20, 21, 22, 24, 27, 33, 37, 40)]
    + [f"Balinese/character{n:02}" for n in (5, 14)]
)
# Told by eye on a page of them: R-, T-, V-, X- and Z-like shapes, bars, angles and rings.
FOREIGN_LIKE_LETTERS = frozenset(
    [f"Early_Aramaic/character{n:02}" for n in (1, 2, 3, 4, 6, 7, 10, 11, 12, 13, 14, 16, 17, 18, 20, 21, 22)]
    + [f"Korean/character{n:02}" for n in (1, 2, 4, 5, 9, 12, 14, 20, 21, 22, 24, 25, 31, 33, 34, 38)]
    + [f"Balinese/character{n:02}" for n in (1, 5, 15, 17, 21)]
)
FOREIGN_LIKE = {DIGITS.name: FOREIGN_LIKE_DIGITS, LETTERS.name: FOREIGN_LIKE_LETTERS}

Kinds = dict[str, list[Drawing] | np.ndarray]


@dataclass(frozen=True)
class RealNegatives:
    """Real negatives by kind: strokes, or bitmaps (n, 28, 28) uint8; empty where no data set is at hand."""

    training: Kinds = field(default_factory=dict)
    validation: Kinds = field(default_factory=dict)  # by other people; the held-out kinds are here alone


def load_real_negatives(alphabet: Alphabet = DIGITS) -> RealNegatives:
    """Load what is at hand of what is no character of `alphabet`, and split it by person.

    Raises DataUnavailableError if a variable names a file that isn't there or isn't the data set; for
    letters also if MNIST or the pen digits can't be had.
    """
    training: Kinds = {}
    validation: Kinds = {}
    if alphabet is DIGITS:
        _add_unipen(training, validation, "real letters", "letters", LETTERS_LIKE_DIGITS)
    else:
        _add_digits(training, validation)
    _add_unipen(training, validation, "real symbols", "symbols", SYMBOLS_LIKE[alphabet.name])
    foreign = load_omniglot()
    if foreign is not None:
        drawers = sorted({d.writer for d in foreign})[-VALIDATION_DRAWERS:]
        told_apart = [d for d in foreign if d.label not in FOREIGN_LIKE[alphabet.name]]
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


def _add_unipen(training: Kinds, validation: Kinds, kind: str, of_unipen: str, like: frozenset[str]) -> None:
    drawings = load_unipen(of_unipen)
    if drawings is not None:
        split = split_strangers([d for d in drawings if d.label not in like])
        training[kind], validation[kind] = split.training, split.validation


def _add_digits(training: Kinds, validation: Kinds) -> None:
    """Digits as people wrote them with a pen and as MNIST scanned them; those like letters are apart."""
    pen, pen_validation = split_pendigits(load_pendigits())
    strangers = split_strangers(load_unipen("digits") or [])
    validation_strokes = pen_validation + strangers.validation
    training["real digits"] = [d for d in pen + strangers.training if d.label not in DIGITS_LIKE_LETTERS]
    validation["real digits"] = [d for d in validation_strokes if d.label not in DIGITS_LIKE_LETTERS]
    validation["look-alike digits"] = [d for d in validation_strokes if d.label in DIGITS_LIKE_LETTERS]
    unlike = [int(label) for label in DIGITS.labels if label not in DIGITS_LIKE_LETTERS]
    for of, scanned in zip((training, validation), split_mnist(load_mnist()[0]), strict=True):
        of["scanned digits"] = scanned.images[np.isin(scanned.labels, unlike)]
