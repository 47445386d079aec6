"""Judging: what a model that has learnt lessons has gained and forgotten, set against the one before."""

from dataclasses import dataclass

import keras
import numpy as np

from model_training.datasets import Images
from model_training.evaluate import wilson_interval
from model_training.network import PROBABILITIES, is_one_of, outputs


@dataclass(frozen=True)
class Answers:
    """What a model says of n images: whether it answers as was meant, and how wrong it is; (n,) each."""

    right: np.ndarray  # bool
    loss: np.ndarray  # cross-entropy of what was meant, over the labels and "nothing"


@dataclass(frozen=True)
class Change:
    """What became of a set's answers."""

    n: int
    wrong_before: int
    wrong_after: int
    lost: int  # answered right before, and not any more
    gained: int
    loss_before: float
    loss_after: float
    loss_fell: float  # by how many of its standard errors, over the pairs

    @property
    def most_wrong(self) -> float:
        """How many may be wrong after, if that is to lie within the 95% interval of what was wrong before."""
        return wilson_interval(self.wrong_before, self.n)[1] * self.n if self.n else 0.0

    @property
    def forgets(self) -> bool:
        """Whether more is answered wrong than the interval of the figure before allows."""
        return self.wrong_after > self.most_wrong

    @property
    def gains(self) -> bool:
        """Whether fewer answers are wrong, or as many and these are less wrong beyond chance."""
        fewer = self.wrong_after < self.wrong_before
        return fewer or (self.wrong_after == self.wrong_before and self.loss_fell > 1)

    def as_facts(self) -> dict:
        """The figures, before and after, for the facts of a version."""
        return {
            "n": self.n,
            "before": {"answered_right": self._share(self.wrong_before), "loss": round(self.loss_before, 5)},
            "after": {"answered_right": self._share(self.wrong_after), "loss": round(self.loss_after, 5)},
            "lost": self.lost,
            "gained": self.gained,
        }

    def _share(self, wrong: int) -> float:
        return round(1 - wrong / self.n, 5) if self.n else 1.0


def answers(model: keras.Model, images: Images, threshold: float) -> Answers:
    """What `model`, which refuses below `threshold`, says of `images`; one label more is "nothing"."""
    return answers_of(meanings(model, images.images), images.labels, threshold)


def meanings(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """How probable each label and, last, "nothing" is of each image: (n, labels + 1), rows summing to 1."""
    says = outputs(model, images)
    is_one = says[is_one_of(model)].astype(np.float64)  # (n, 1)
    return np.concatenate([says[PROBABILITIES] * is_one, 1 - is_one], axis=1)


def answers_of(meant: np.ndarray, labels: np.ndarray, threshold: float) -> Answers:
    """The answers of what `meanings` gave."""
    guess = np.where(1 - meant[:, -1] < threshold, meant.shape[1] - 1, meant[:, :-1].argmax(axis=1))
    own = meant[np.arange(len(labels)), labels]
    return Answers(guess == labels, -np.log(np.maximum(own, 1e-6)))


def change(before: Answers, after: Answers) -> Change:
    """Compare two models' answers to the same images."""
    fell = before.loss - after.loss
    error = float(fell.std(ddof=1)) / len(fell) ** 0.5 if len(fell) > 1 else 0.0
    return Change(
        len(fell),
        int((~before.right).sum()),
        int((~after.right).sum()),
        int((before.right & ~after.right).sum()),
        int((~before.right & after.right).sum()),
        float(before.loss.mean()) if len(fell) else 0.0,
        float(after.loss.mean()) if len(fell) else 0.0,
        float(fell.mean()) / error if error else 0.0,
    )


def compare(
    old: keras.Model, new: keras.Model, sets: dict[str, Images], threshold: float
) -> dict[str, Change]:
    """What became of each set's answers, by name; both models refuse below `threshold`."""
    return {
        name: change(answers(old, images, threshold), answers(new, images, threshold))
        for name, images in sets.items()
        if len(images)
    }
