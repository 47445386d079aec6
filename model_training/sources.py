"""Sources: the data sets of a run, each loaded once, cleaned and split."""

from dataclasses import dataclass, field

import numpy as np

from model_training.datasets import (
    Drawing,
    Images,
    load_mnist,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.label_cleaning import without_doubtful
from model_training.real_negatives import RealNegatives, load_real_negatives
from model_training.strangers import Split, split_strangers
from model_training.unipen import load_unipen


@dataclass(frozen=True)
class Sources:
    """What is trained on, chosen by and, of MNIST, tested by. The optional parts are empty if not at hand."""

    mnist: Images
    mnist_validation: Images
    mnist_test: Images
    pen: list[Drawing]
    pen_validation: list[Drawing]
    strangers: Split = field(default_factory=lambda: Split([], [], []))
    real_negatives: RealNegatives = field(default_factory=RealNegatives)

    def limited(self, images: int | None, seed: int = 0) -> "Sources":
        """At most so many images of MNIST, and a tenth as many of all else; all of them for None."""
        if images is None:
            return self
        rng = np.random.default_rng(seed)
        few = images // 10
        return Sources(
            sample(self.mnist, images, rng),
            sample(self.mnist_validation, few, rng),
            sample(self.mnist_test, few, rng),
            sample(self.pen, few, rng),
            sample(self.pen_validation, few, rng),
            Split(
                sample(self.strangers.training, few, rng),
                sample(self.strangers.collections, few, rng),
                sample(self.strangers.writers, few, rng),
            ),
            self.real_negatives,
        )


def load_sources() -> Sources:
    """Load every data set that is at hand, and say which of the optional ones aren't.

    Raises DataUnavailableError if MNIST or the pen digits can't be had, or a file is damaged.
    """
    train, test = load_mnist()
    pen, pen_validation = split_pendigits(load_pendigits())
    digits = load_unipen("digits")
    strangers = split_strangers(digits or [])
    strangers = Split(without_doubtful(strangers.training), strangers.collections, strangers.writers)
    negatives = load_real_negatives()
    missing = [
        name
        for name, there in (
            ("UNIPEN_PATH", digits is not None),
            ("OMNIGLOT_PATH", "foreign characters" in negatives.training),
            ("QUICKDRAW_PATH", "people's doodles" in negatives.training),
        )
        if not there
    ]
    if missing:
        print(f"Without {', '.join(missing)}: training on less (see README).", flush=True)
    return Sources(*split_mnist(train), test, pen, pen_validation, strangers, negatives)
