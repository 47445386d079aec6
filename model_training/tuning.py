"""Tuning: a trained model learns from a few lessons, and rehearses its own answers so as not to forget.

Only what lies behind the first two blocks is tuned, for these know what strokes look like, and no few lessons
would teach them better; so the features that they give are computed once. Normalisation keeps its statistics.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from model_training.datasets import Images
from model_training.network import PROBABILITIES, is_one_of, run
from model_training.replay import Replay

ASKED, ACCEPTED = (
    0.9,
    0.95,
)  # probabilities that are asked of a lesson: of its label, and of being a character
TRUNK = "block2_pool"  # the last layer that stays as it is


@dataclass(frozen=True)
class Tuning:
    """How a model learns from lessons."""

    steps: int = 150  # batches
    batch_size: int = 64
    lesson_share: float = 0.25  # of a batch; the rest is replay
    learning_rate: float = 1e-3  # the peak of a warm-up and cosine decay
    seed: int = 1


class Tuner:
    """Lets one model learn from lessons, as often as it is asked, always starting from that model."""

    def __init__(self, model: keras.Model, replay: Replay, how: Tuning | None = None):
        """Make ready to let `model` learn while it rehearses `replay`.

        Raises ValueError if the model has no layer named TRUNK.
        """
        self.model, self.how = model, how or Tuning()
        keras.utils.set_random_seed(self.how.seed)
        self._replay = replay
        self._learner = copy_of(model)
        for layer in self._learner.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.trainable = False
        behind = self._learner.get_layer(TRUNK).output
        self._trunk = keras.Model(self._learner.input, behind)
        self._tail = keras.Model(behind, self._learner.output)
        self._is_one = is_one_of(model)
        self._tail.compile(
            optimizer=keras.optimizers.Adam(_schedule(self.how)),
            loss={PROBABILITIES: "categorical_crossentropy", self._is_one: "binary_crossentropy"},
        )
        self._tail.optimizer.build(self._tail.trainable_variables)
        # The states of what drops features at random are among a model's variables, not among its weights.
        changing = (*self._learner.variables, *self._tail.optimizer.variables)
        self._at_first = [(variable, variable.numpy()) for variable in changing]
        self._of_replay = run(self._trunk, replay.images)  # (n, 7, 7, maps)

    def tune(
        self, lessons: Images, weights: np.ndarray, progress: Callable[[int], None] = lambda step: None
    ) -> keras.Model:
        """Return a copy of the model that has learnt `lessons`, framed images.

        A lesson is drawn as often as its weight, (n,), says; one whose label is the number of labels is no
        character. `progress` is told each step that is done.
        """
        how = self.how
        for variable, value in self._at_first:
            variable.assign(value)
        of_lessons = run(self._trunk, lessons.images)
        own, targets, score = self._targets(lessons)
        rng = np.random.default_rng(how.seed)
        few = max(1, round(how.batch_size * how.lesson_share))
        for step in range(how.steps):
            new = rng.choice(len(lessons), few, p=weights / weights.sum())
            old = rng.integers(0, len(self._replay), how.batch_size - few)
            features = np.concatenate([of_lessons[new], self._of_replay[old]])
            probabilities = np.concatenate([targets[new], self._replay.probabilities[old]]).astype(np.float32)
            is_one = np.concatenate([score[new], self._replay.is_one[old]]).astype(np.float32)
            counts = np.concatenate([own[new], self._replay.is_one[old]]).astype(np.float32)
            self._tail.train_on_batch(
                features,
                {PROBABILITIES: probabilities, self._is_one: is_one[:, None]},
                # What is no character is none of the labels.
                {PROBABILITIES: counts, self._is_one: np.ones_like(is_one)},
            )
            progress(step + 1)
        return copy_of(self._learner)

    def _targets(self, lessons: Images) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What is to be said of n lessons: whether it is a character, which, (n, labels), and how surely.

        What the model says surely enough already is rehearsed as it is, and no more is asked of the rest: a
        model that is driven to be certain of a few lessons forgets for it.
        """
        says = run(self.model, lessons.images)
        before, accepted = says[PROBABILITIES], says[self._is_one][:, 0]
        labels = before.shape[1]
        own = lessons.labels < labels  # (n,)
        one_hot = np.eye(labels + 1)[lessons.labels][:, :labels]
        known = (before * one_hot).sum(axis=1, keepdims=True) >= ASKED  # (n, 1)
        targets = np.where(known, before, ASKED * one_hot + (1 - ASKED) * before)
        score = np.where(own, np.maximum(accepted, ACCEPTED), np.minimum(accepted, 1 - ACCEPTED))
        return own.astype(np.float32), targets, score


def copy_of(model: keras.Model) -> keras.Model:
    """A copy of `model`, its weights included."""
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy


def between(old: keras.Model, new: keras.Model, share: float) -> keras.Model:
    """The model `share` of the way from `old` to `new`, weight by weight (Wortsman et al., 2022)."""
    model = copy_of(old)
    model.set_weights(
        [(1 - share) * a + share * b for a, b in zip(old.get_weights(), new.get_weights(), strict=True)]
    )
    return model


def _schedule(how: Tuning) -> keras.optimizers.schedules.LearningRateSchedule:
    warm_up = max(1, how.steps // 10)
    return keras.optimizers.schedules.CosineDecay(
        how.learning_rate / 20,
        how.steps - warm_up,
        alpha=0.01,
        warmup_target=how.learning_rate,
        warmup_steps=warm_up,
    )
