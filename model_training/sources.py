"""Sources: the data sets of a run, each loaded once, cleaned and split."""

from dataclasses import dataclass, field

import numpy as np

from model_training.alphabets import DIGITS, LETTERS, Alphabet
from model_training.datasets import (
    DataUnavailableError,
    Drawing,
    Images,
    load_emnist_letters,
    load_mnist,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.framing import SIDE, frame_all
from model_training.label_cleaning import without_doubtful
from model_training.real_negatives import RealNegatives, load_real_negatives
from model_training.strangers import Split, split_strangers
from model_training.unipen import load_unipen


@dataclass(frozen=True)
class Sources:
    """What is trained on, chosen by and, of scanned characters, tested by.

    The scanned digits are MNIST's, the scanned letters EMNIST's. Optional parts are empty if not at hand.
    """

    scanned: Images
    scanned_validation: Images
    scanned_test: Images
    pen: list[Drawing]
    pen_validation: list[Drawing]
    strangers: Split = field(default_factory=lambda: Split([], [], []))
    real_negatives: RealNegatives = field(default_factory=RealNegatives)
    alphabet: Alphabet = DIGITS

    def limited(self, images: int | None, seed: int = 0) -> "Sources":
        """At most so many scanned images, and a tenth as many of all else; all of them for None.

        Where nothing is scanned, so many of the strangers' drawings to train on.
        """
        if images is None:
            return self
        rng = np.random.default_rng(seed)
        few = images // 10
        return Sources(
            sample(self.scanned, images, rng),
            sample(self.scanned_validation, few, rng),
            sample(self.scanned_test, few, rng),
            sample(self.pen, few, rng),
            sample(self.pen_validation, few, rng),
            Split(
                sample(self.strangers.training, few if len(self.scanned) else images, rng),
                sample(self.strangers.collections, few, rng),
                sample(self.strangers.writers, few, rng),
            ),
            self.real_negatives,
            self.alphabet,
        )


def load_sources(alphabet: Alphabet = DIGITS) -> Sources:
    """Load every data set of `alphabet` that is at hand, and say which of the optional ones aren't.

    Raises DataUnavailableError if MNIST or the pen digits can't be had, for letters also if UNIPEN can't, or
    if a file is damaged.
    """
    sources = _load_digits() if alphabet is DIGITS else _load_letters()
    negatives = sources.real_negatives.training
    missing = [
        name
        for name, there in (
            ("UNIPEN_PATH", sources.strangers.training),
            ("EMNIST_PATH", alphabet is DIGITS or len(sources.scanned)),
            ("OMNIGLOT_PATH", "foreign characters" in negatives),
            ("QUICKDRAW_PATH", "people's doodles" in negatives),
        )
        if not there
    ]
    if missing:
        print(f"Without {', '.join(missing)}: training on less (see README).", flush=True)
    return sources


def _load_digits() -> Sources:
    train, test = load_mnist()
    pen, pen_validation = split_pendigits(load_pendigits())
    digits = load_unipen("digits")
    strangers = split_strangers(digits or [])
    strangers = Split(without_doubtful(strangers.training), strangers.collections, strangers.writers)
    return Sources(*split_mnist(train), test, pen, pen_validation, strangers, load_real_negatives())


def _load_letters() -> Sources:
    letters = load_unipen("letters")
    if letters is None:
        raise DataUnavailableError(
            "letters are learnt from UNIPEN's strokes: UNIPEN_PATH must name the folder that holds them"
        )
    train, test = (_framed(load_emnist_letters(part)) for part in ("train", "test"))
    strangers = split_strangers(letters)
    return Sources(*split_mnist(train), test, [], [], strangers, load_real_negatives(LETTERS), LETTERS)


def _framed(images: Images | None) -> Images:
    if images is None:
        return Images(np.zeros((0, SIDE, SIDE), np.uint8), np.zeros(0, np.uint8))
    return Images(frame_all(images.images), images.labels)
