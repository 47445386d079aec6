"""What a run fits on and chooses by: scanned and pen-drawn characters and negatives, mixed in batches."""

import functools
from collections import Counter
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training.alphabets import DIGITS, LETTERS, Alphabet
from model_training.augmentation import Augmentation, augment
from model_training.datasets import Drawing, Images
from model_training.framing import frame_all
from model_training.negatives import Negatives, negative_validation, render_negatives
from model_training.network import PROBABILITIES
from model_training.recipes import Recipe
from model_training.scans import render_scans
from model_training.sources import Sources
from model_training.strangers import style_of
from model_training.stroke_augmentation import render, render_resized, render_variants

RARE_STYLES = ("slashed zero", "crossed seven", "flagged one", "one with a foot", "curled two", "hooked nine")
RARE_STYLE_COPIES = 3  # times as many variants are drawn of a rare style, so that it isn't drowned
# A class of n drawings gets n to this power times as many variants, so that neither the small letters, of
# which there are twice as many as capitals, nor e and a drown the others.
BALANCE = 0.5
SCAN_VALIDATION_SEED = 2_718  # no training run draws its scans by it


@dataclass(frozen=True)
class TrainingData:
    """What a run fits on and what it chooses by; the scanned test set isn't here.

    Negatives are labelled with the number of the alphabet's labels, which is none of them.
    `validation_by_kind` holds the validation characters by name.
    """

    alphabet: Alphabet
    scanned: Images
    strokes: Images
    scans: Images
    negatives: Images
    validation_by_kind: dict[str, Images]
    negative_validation: Images

    @property
    def validation_characters(self) -> Images:
        """All validation characters together: calibration is fitted on these."""
        return _joined(*self.validation_by_kind.values())

    @property
    def validation(self) -> Images:
        """All validation images together; the run chooses by the loss of the characters among them."""
        return _joined(self.validation_characters, self.negative_validation)


def _joined(*parts: Images) -> Images:
    return Images(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))


def validation_characters(sources: Sources) -> dict[str, Images]:
    """The validation characters by kind, framed: scans, and strokes by people who aren't trained on."""
    return (_validation_digits if sources.alphabet is DIGITS else _validation_letters)(sources)


def _validation_digits(sources: Sources) -> dict[str, Images]:
    resized = render_resized(sources.pen_validation)
    scanned = sources.pen_validation + sources.strangers.validation
    sets = {
        "mnist_validation": sources.scanned_validation,
        "pen_validation": render(sources.pen_validation),
        "pen_validation_resized": Images(frame_all(resized.images), resized.labels),
        "scans_validation": render_scans(
            min(2_000, len(scanned)), SCAN_VALIDATION_SEED, scanned, sources.scanned_validation
        ),
    }
    strangers = {
        "strangers_collections": sources.strangers.collections,
        "strangers_writers": sources.strangers.writers,
    }
    return sets | {name: render(drawings) for name, drawings in strangers.items() if drawings}


def _validation_letters(sources: Sources) -> dict[str, Images]:
    """Capitals and small letters apart, of whole collections and of single writers."""
    strangers = sources.strangers
    drawn = {
        f"{case}_{part}": [d for d in drawings if d.label.isupper() == (case == "capitals")]
        for part, drawings in (("collections", strangers.collections), ("writers", strangers.writers))
        for case in ("capitals", "small")
    }
    sets = {name: render(drawings, LETTERS) for name, drawings in drawn.items() if drawings}
    scanned = sources.scanned_validation
    sets["scans_validation"] = render_scans(
        min(2_000, len(strangers.validation)),
        SCAN_VALIDATION_SEED,
        strangers.validation,
        scanned,
        alphabet=LETTERS,
    )
    if len(scanned):
        sets["emnist_validation"] = scanned
    return sets


def prepare_data(recipe: Recipe, sources: Sources) -> TrainingData:
    """Draw what a run fits on and chooses by, with progress bars."""
    sources = sources.limited(recipe.images, recipe.seed)
    alphabet = sources.alphabet
    drawings = sources.pen + sources.strangers.training
    progress = functools.partial(tqdm, desc="drawing pen strokes", unit=alphabet.one)
    if alphabet is DIGITS:
        strokes = _weighed(drawings)
        variants = render_variants(strokes, recipe.pen_variants, recipe.seed, progress)
    else:
        strokes = balanced(drawings, recipe.pen_variants)
        variants = _joined(
            render_variants(strokes, 1, recipe.seed, progress, alphabet),
            # As they were written, too: there are no scans that show what is asked undistorted.
            render(balanced(drawings, 1), alphabet),
        )
    progress = functools.partial(tqdm, desc="drawing bad scans", unit="image")
    scans = render_scans(
        recipe.scans, recipe.seed, strokes, sources.scanned, progress=progress, alphabet=alphabet
    )
    progress = functools.partial(tqdm, desc="drawing negatives", unit="image")
    real = sources.real_negatives
    negatives = render_negatives(
        recipe.negatives,
        recipe.seed,
        sources.pen or drawings,
        sources.scanned,
        real=real.training,
        progress=progress,
        alphabet=alphabet,
    )
    of_validation = negative_validation(
        sources.pen_validation or sources.strangers.validation,
        sources.scanned_validation,
        min(2_000, recipe.negatives),
        real.validation,
        alphabet,
    )
    return TrainingData(
        alphabet,
        sources.scanned,
        variants,
        scans,
        _labelled(negatives, alphabet),
        validation_characters(sources),
        _labelled(of_validation, alphabet),
    )


def _weighed(drawings: list[Drawing]) -> list[Drawing]:
    """`drawings`, those of a rare style several times."""
    return [d for d in drawings for _ in range(RARE_STYLE_COPIES if style_of(d) in RARE_STYLES else 1)]


def balanced(drawings: list[Drawing], variants: float) -> list[Drawing]:
    """`drawings`, each `variants` times on average and more often the rarer its label, case kept, is.

    Each is there at least once.
    """
    counts = Counter(drawing.label for drawing in drawings)
    total = sum(n**BALANCE for n in counts.values())
    copies = {label: len(drawings) * variants * n**BALANCE / total / n for label, n in counts.items()}
    seen: Counter[str] = Counter()
    chosen = []
    for drawing in drawings:
        times = max(1.0, copies[drawing.label])
        before = int(seen[drawing.label] * times)
        seen[drawing.label] += 1
        chosen += [drawing] * (int(seen[drawing.label] * times) - before)
    return chosen


def _labelled(negatives: Negatives, alphabet: Alphabet) -> Images:
    return Images(negatives.images, np.full(len(negatives), len(alphabet), np.uint8))


def training_stream(data: TrainingData, recipe: Recipe, how: Augmentation | None = None) -> tf.data.Dataset:
    """An endless stream of augmented batches: images (n, 28, 28, 1) float32, targets and their weights.

    See `targets` for the latter two; the labels are smoothed.
    """
    sizes = batch_sizes(recipe, scanned=len(data.scanned) > 0)
    streams = [
        _shuffled(images, size, recipe.seed)
        for images, size in zip((data.scanned, data.strokes, data.scans, data.negatives), sizes, strict=True)
        if size
    ]
    seeds = tf.data.Dataset.random(recipe.seed).batch(2)

    def assemble(*parts):
        *batches, seed = parts
        images = tf.concat([batch[0] for batch in batches], 0)
        labels = tf.concat([batch[1] for batch in batches], 0)
        images = tf.cast(images, tf.float32)[..., None]  # (n, 28, 28, 1)
        images = augment(images, tf.cast(seed, tf.int32), how)
        return images, *targets(labels, recipe.label_smoothing, data.alphabet)

    return tf.data.Dataset.zip((*streams, seeds)).map(assemble).prefetch(4)


def steps_per_epoch(data: TrainingData, recipe: Recipe) -> int:
    """How many batches an epoch has: the recipe's, or once all scanned images, or strokes without these."""
    sizes = batch_sizes(recipe, scanned=len(data.scanned) > 0)
    once = len(data.scanned) // sizes[0] if sizes[0] else len(data.strokes) // sizes[1]
    return recipe.steps or once


def batch_sizes(recipe: Recipe, scanned: bool = True) -> tuple[int, int, int, int]:
    """How many scanned images, pen strokes, bad scans and negatives make a batch.

    Where nothing is scanned strokes take its place.
    """
    pen, scans, negatives = (
        round(recipe.batch_size * share)
        for share in (recipe.pen_share, recipe.scan_share, recipe.negative_share)
    )
    rest = recipe.batch_size - pen - scans - negatives
    return (rest, pen, scans, negatives) if scanned else (0, rest + pen, scans, negatives)


def targets(labels: tf.Tensor, smoothing: float = 0.0, alphabet: Alphabet = DIGITS) -> tuple[dict, dict]:
    """What the two outputs should say for `labels`, (n,) integers, and how much each counts.

    The characters are one-hot encoded, (n, labels), and smoothed (Szegedy et al., 2016): each class gets a
    share of `smoothing`. A negative is no class: there only `is_digit` (`is_letter`), (n, 1), counts.
    """
    classes = len(alphabet)
    is_one = tf.cast(labels < classes, tf.float32)  # (n,)
    one_hot = tf.one_hot(labels, classes) * (1 - smoothing) + smoothing / classes
    return (
        {PROBABILITIES: one_hot, alphabet.is_one: is_one[:, None]},
        {PROBABILITIES: is_one, alphabet.is_one: tf.ones_like(is_one)},
    )


def batches(images: Images, smoothing: float, alphabet: Alphabet = DIGITS) -> tf.data.Dataset:
    """All `images` once, as they are, in batches like those of `training_stream`."""
    pixels = images.images[..., None].astype(np.float32)
    whole = (pixels, *targets(tf.constant(images.labels), smoothing, alphabet))
    return tf.data.Dataset.from_tensor_slices(whole).batch(500)


def _shuffled(images: Images, batch_size: int, seed: int) -> tf.data.Dataset:
    pixels, labels = tf.constant(images.images), tf.constant(images.labels)
    positions = tf.data.Dataset.range(len(images)).shuffle(len(images), seed=seed).repeat()
    return positions.batch(batch_size).map(lambda i: (tf.gather(pixels, i), tf.gather(labels, i)))
