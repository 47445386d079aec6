"""What a run fits on and chooses by: MNIST, pen digits and negatives, split, drawn and mixed in batches."""

import functools
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training.augmentation import Augmentation, augment
from model_training.datasets import (
    Images,
    load_mnist,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.framing import frame_all
from model_training.negatives import Negatives, negative_validation, render_negatives
from model_training.network import CLASSES, IS_DIGIT, PROBABILITIES
from model_training.recipes import Recipe
from model_training.stroke_augmentation import render, render_resized, render_variants

NOT_A_DIGIT = CLASSES  # the label of a negative


@dataclass(frozen=True)
class TrainingData:
    """What a run fits on and what it chooses by; MNIST's test set isn't here.

    Negatives are labelled NOT_A_DIGIT.
    """

    mnist: Images
    pen: Images
    negatives: Images
    mnist_validation: Images
    pen_validation: Images
    pen_validation_resized: Images
    negative_validation: Images

    @property
    def validation_digits(self) -> Images:
        """All validation digits together: calibration and the refusal's threshold are fitted on these."""
        return _joined(self.mnist_validation, self.pen_validation, self.pen_validation_resized)

    @property
    def validation(self) -> Images:
        """All validation images together; the run chooses by the loss of the digits among them."""
        return _joined(self.validation_digits, self.negative_validation)


def _joined(*parts: Images) -> Images:
    return Images(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))


def prepare_data(recipe: Recipe) -> TrainingData:
    """Load and split both data sets and draw the pen digits' variants, with a progress bar.

    Raises DataUnavailableError if a data set can't be had.
    """
    mnist, mnist_validation = split_mnist(load_mnist()[0])
    pen, pen_validation = split_pendigits(load_pendigits())
    if recipe.images is not None:
        rng = np.random.default_rng(recipe.seed)
        few = recipe.images // 10
        mnist, mnist_validation = sample(mnist, recipe.images, rng), sample(mnist_validation, few, rng)
        pen, pen_validation = sample(pen, few, rng), sample(pen_validation, few, rng)
    redrawn, resized = render(pen_validation), render_resized(pen_validation)
    framed = Images(frame_all(resized.images), resized.labels)
    progress = functools.partial(tqdm, desc="drawing pen digits", unit="digit")
    variants = render_variants(pen, recipe.pen_variants, recipe.seed, progress)
    progress = functools.partial(tqdm, desc="drawing negatives", unit="image")
    negatives = render_negatives(recipe.negatives, recipe.seed, pen, mnist, progress=progress)
    return TrainingData(
        mnist,
        variants,
        _labelled(negatives),
        mnist_validation,
        redrawn,
        framed,
        _labelled(negative_validation(pen_validation, mnist_validation, min(2_000, recipe.negatives))),
    )


def _labelled(negatives: Negatives) -> Images:
    return Images(negatives.images, np.full(len(negatives), NOT_A_DIGIT, np.uint8))


def training_stream(data: TrainingData, recipe: Recipe, how: Augmentation | None = None) -> tf.data.Dataset:
    """An endless stream of augmented batches: images (n, 28, 28, 1) float32, targets and their weights.

    See `targets` for the latter two; the labels are smoothed.
    """
    sizes = batch_sizes(recipe)
    streams = [
        _shuffled(images, size, recipe.seed)
        for images, size in zip((data.mnist, data.pen, data.negatives), sizes, strict=True)
        if size
    ]
    seeds = tf.data.Dataset.random(recipe.seed).batch(2)

    def assemble(*parts):
        *batches, seed = parts
        images = tf.concat([batch[0] for batch in batches], 0)
        labels = tf.concat([batch[1] for batch in batches], 0)
        images = tf.cast(images, tf.float32)[..., None]  # (n, 28, 28, 1)
        return augment(images, tf.cast(seed, tf.int32), how), *targets(labels, recipe.label_smoothing)

    return tf.data.Dataset.zip((*streams, seeds)).map(assemble).prefetch(4)


def batch_sizes(recipe: Recipe) -> tuple[int, int, int]:
    """How many images of MNIST, of the pen digits and of the negatives make a batch."""
    pen, negatives = (round(recipe.batch_size * share) for share in (recipe.pen_share, recipe.negative_share))
    return recipe.batch_size - pen - negatives, pen, negatives


def targets(labels: tf.Tensor, smoothing: float = 0.0) -> tuple[dict, dict]:
    """What the two outputs should say for `labels`, (n,) integers, and how much each counts.

    The digits are one-hot encoded, (n, 10), and smoothed (Szegedy et al., 2016): each class gets a share
    of `smoothing`. A negative is no class: there only `is_digit`, (n, 1), counts.
    """
    is_digit = tf.cast(labels < CLASSES, tf.float32)  # (n,)
    one_hot = tf.one_hot(labels, CLASSES) * (1 - smoothing) + smoothing / CLASSES
    return (
        {PROBABILITIES: one_hot, IS_DIGIT: is_digit[:, None]},
        {PROBABILITIES: is_digit, IS_DIGIT: tf.ones_like(is_digit)},
    )


def batches(images: Images, smoothing: float) -> tf.data.Dataset:
    """All `images` once, as they are, in batches like those of `training_stream`."""
    pixels = images.images[..., None].astype(np.float32)
    whole = (pixels, *targets(tf.constant(images.labels), smoothing))
    return tf.data.Dataset.from_tensor_slices(whole).batch(500)


def _shuffled(images: Images, batch_size: int, seed: int) -> tf.data.Dataset:
    pixels, labels = tf.constant(images.images), tf.constant(images.labels)
    positions = tf.data.Dataset.range(len(images)).shuffle(len(images), seed=seed).repeat()
    return positions.batch(batch_size).map(lambda i: (tf.gather(pixels, i), tf.gather(labels, i)))
