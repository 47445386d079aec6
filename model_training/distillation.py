"""Distillation: several nets teach a small one (Hinton, Vinyals and Dean, 2015).

The teachers are asked once about a large set of augmented images, the transfer set; what they answer,
mixed with the labels, is what the student is trained to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from model_training.framing import SIDE
from model_training.network import CLASSES, IS_DIGIT, PROBABILITIES


@dataclass(frozen=True)
class TransferSet:
    """Augmented images, (n, 28, 28) uint8, and what the student should say of them.

    `probabilities` is (n, 10) float16, `is_digit` (n,) bool; where that is false there is no class.
    """

    images: np.ndarray
    probabilities: np.ndarray
    is_digit: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def save(self, path: Path) -> None:
        """Write the set to the `.npz` file `path`, whole or not at all."""
        partial = path.with_name(f"partial-{path.name}")
        np.savez(partial, images=self.images, probabilities=self.probabilities, is_digit=self.is_digit)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> "TransferSet":
        """Read what `save` wrote."""
        with np.load(path) as arrays:
            return cls(arrays["images"], arrays["probabilities"], arrays["is_digit"])


def transfer_set(
    stream: tf.data.Dataset,
    teachers: Sequence[keras.Model],
    n: int,
    teacher_weight: float,
    progress=iter,
) -> TransferSet:
    """Take `n` images from a training stream and mix what the teachers say of them into their targets.

    The teachers' mean has a share of `teacher_weight`, 0..1. `progress` wraps the iteration over
    batches, as tqdm does.
    """
    images = np.empty((n, SIDE, SIDE), np.uint8)
    probabilities = np.empty((n, CLASSES), np.float16)
    is_digit = np.empty(n, bool)
    ask = [tf.function(teacher, reduce_retracing=True) for teacher in teachers]
    start = 0
    size = len(next(iter(stream))[0])
    for batch, target, _ in progress(stream.take(-(-n // size))):
        whole = tf.round(batch)  # what the student will see
        taught = sum(teacher(whole, training=False)[PROBABILITIES].numpy() for teacher in ask) / len(ask)
        mixed = teacher_weight * taught + (1 - teacher_weight) * target[PROBABILITIES].numpy()
        end = min(start + size, n)
        images[start:end] = whole.numpy()[: end - start, ..., 0]
        probabilities[start:end] = mixed[: end - start]
        is_digit[start:end] = target[IS_DIGIT].numpy()[: end - start, 0] > 0
        start = end
    return TransferSet(images, probabilities, is_digit)


def transfer_stream(transfer: TransferSet, batch_size: int, seed: int) -> tf.data.Dataset:
    """An endless, shuffled stream of batches as `train.training_stream` gives them."""
    images = tf.constant(transfer.images)
    probabilities, is_digit = tf.constant(transfer.probabilities), tf.constant(transfer.is_digit)

    def assemble(i):
        counts = tf.cast(tf.gather(is_digit, i), tf.float32)
        return (
            tf.cast(tf.gather(images, i), tf.float32)[..., None],
            {PROBABILITIES: tf.cast(tf.gather(probabilities, i), tf.float32), IS_DIGIT: counts[:, None]},
            {PROBABILITIES: counts, IS_DIGIT: tf.ones_like(counts)},
        )

    positions = tf.data.Dataset.range(len(transfer)).shuffle(len(transfer), seed=seed).repeat()
    return positions.batch(batch_size).map(assemble).prefetch(4)
