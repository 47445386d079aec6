"""What a run fits on and chooses by: MNIST, pen digits and negatives, split, drawn and mixed in batches."""

import functools
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training.augmentation import Augmentation, augment
from model_training.datasets import Drawing, Images
from model_training.framing import frame_all
from model_training.negatives import Negatives, negative_validation, render_negatives
from model_training.network import CLASSES, IS_DIGIT, PROBABILITIES
from model_training.recipes import Recipe
from model_training.scans import render_scans
from model_training.sources import Sources
from model_training.strangers import style_of
from model_training.stroke_augmentation import render, render_resized, render_variants

NOT_A_DIGIT = CLASSES  # the label of a negative


RARE_STYLES = ("slashed zero", "crossed seven", "flagged one", "one with a foot", "curled two", "hooked nine")
RARE_STYLE_COPIES = 3  # times as many variants are drawn of a rare style, so that it isn't drowned
SCAN_VALIDATION_SEED = 2_718  # no training run draws its scans by it


@dataclass(frozen=True)
class TrainingData:
    """What a run fits on and what it chooses by; MNIST's test set isn't here.

    Negatives are labelled NOT_A_DIGIT. `digits_by_kind` holds the validation digits by name.
    """

    mnist: Images
    pen: Images
    scans: Images
    negatives: Images
    digits_by_kind: dict[str, Images]
    negative_validation: Images

    @property
    def validation_digits(self) -> Images:
        """All validation digits together: calibration is fitted on these."""
        return _joined(*self.digits_by_kind.values())

    @property
    def validation(self) -> Images:
        """All validation images together; the run chooses by the loss of the digits among them."""
        return _joined(self.validation_digits, self.negative_validation)


def _joined(*parts: Images) -> Images:
    return Images(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))


def validation_digits(sources: Sources) -> dict[str, Images]:
    """The validation digits by kind, framed: MNIST's, and strokes by people who aren't trained on."""
    resized = render_resized(sources.pen_validation)
    scanned = sources.pen_validation + sources.strangers.validation
    sets = {
        "mnist_validation": sources.mnist_validation,
        "pen_validation": render(sources.pen_validation),
        "pen_validation_resized": Images(frame_all(resized.images), resized.labels),
        "scans_validation": render_scans(
            min(2_000, len(scanned)), SCAN_VALIDATION_SEED, scanned, sources.mnist_validation
        ),
    }
    strangers = {
        "strangers_collections": sources.strangers.collections,
        "strangers_writers": sources.strangers.writers,
    }
    return sets | {name: render(drawings) for name, drawings in strangers.items() if drawings}


def prepare_data(recipe: Recipe, sources: Sources) -> TrainingData:
    """Draw what a run fits on and chooses by, with progress bars."""
    sources = sources.limited(recipe.images, recipe.seed)
    strokes = _weighed(sources.pen + sources.strangers.training)
    progress = functools.partial(tqdm, desc="drawing pen digits", unit="digit")
    variants = render_variants(strokes, recipe.pen_variants, recipe.seed, progress)
    progress = functools.partial(tqdm, desc="drawing bad scans", unit="image")
    scans = render_scans(recipe.scans, recipe.seed, strokes, sources.mnist, progress=progress)
    progress = functools.partial(tqdm, desc="drawing negatives", unit="image")
    real = sources.real_negatives
    negatives = render_negatives(
        recipe.negatives, recipe.seed, sources.pen, sources.mnist, real=real.training, progress=progress
    )
    of_validation = negative_validation(
        sources.pen_validation, sources.mnist_validation, min(2_000, recipe.negatives), real.validation
    )
    return TrainingData(
        sources.mnist,
        variants,
        scans,
        _labelled(negatives),
        validation_digits(sources),
        _labelled(of_validation),
    )


def _weighed(drawings: list[Drawing]) -> list[Drawing]:
    """`drawings`, those of a rare style several times."""
    return [d for d in drawings for _ in range(RARE_STYLE_COPIES if style_of(d) in RARE_STYLES else 1)]


def _labelled(negatives: Negatives) -> Images:
    return Images(negatives.images, np.full(len(negatives), NOT_A_DIGIT, np.uint8))


def training_stream(data: TrainingData, recipe: Recipe, how: Augmentation | None = None) -> tf.data.Dataset:
    """An endless stream of augmented batches: images (n, 28, 28, 1) float32, targets and their weights.

    See `targets` for the latter two; the labels are smoothed.
    """
    sizes = batch_sizes(recipe)
    streams = [
        _shuffled(images, size, recipe.seed)
        for images, size in zip((data.mnist, data.pen, data.scans, data.negatives), sizes, strict=True)
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


def batch_sizes(recipe: Recipe) -> tuple[int, int, int, int]:
    """How many images of MNIST, of pen strokes, of bad scans and of the negatives make a batch."""
    pen, scans, negatives = (
        round(recipe.batch_size * share)
        for share in (recipe.pen_share, recipe.scan_share, recipe.negative_share)
    )
    return recipe.batch_size - pen - scans - negatives, pen, scans, negatives


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
