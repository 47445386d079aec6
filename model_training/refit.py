"""Refitting: what lies behind the convolutions of the letters' model learns again, on features computed once.

`python -m model_training.refit` costs minutes where training costs an hour: enough where other strokes are to
be read, or other things to be refused, than the model was trained on. The convolutions stay as they are, and
so do the facts about their training.
"""

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training import train
from model_training.alphabets import LETTERS
from model_training.augmentation import augment
from model_training.datasets import DataUnavailableError, Images, sample
from model_training.evaluate import print_figures
from model_training.export import write_lean
from model_training.model_file import model_path, read_facts, save_model
from model_training.network import PROBABILITIES, is_one_of
from model_training.recipes import LETTER_RECIPES, MILD
from model_training.sources import load_sources
from model_training.training_data import TrainingData, prepare_data, targets
from model_training.tuning import copy_of

BEHIND = "flatten"  # the layer from whose output on everything learns again


@dataclass(frozen=True)
class Refit:
    """Everything that decides what refitting gives, apart from the model and the data."""

    steps: int = 1_000  # batches
    batch_size: int = 256
    learning_rate: float = 1e-3  # the peak of a warm-up and cosine decay
    weight_decay: float = 1e-3
    ema_momentum: float = 0.994  # of the weights' moving average
    label_smoothing: float = 0.03
    scan_share: float = 0.1  # of each batch; what is left is strokes
    negative_share: float = 0.25
    # Features are computed of so many images at most, each distorted mildly once.
    strokes: int = 76_000
    scans: int = 12_000
    negatives: int = 36_000
    seed: int = 1


def refit(
    model: keras.Model, data: TrainingData, how: Refit, progress: Callable[[range], Iterable[int]] = iter
) -> keras.Model:
    """Return a copy of `model` whose dense layers have learnt `data` again, beginning as they are.

    `progress` wraps the iteration over the steps, as tqdm does.
    """
    keras.utils.set_random_seed(how.seed)
    rng = np.random.default_rng(how.seed)
    learner = copy_of(model)
    behind = learner.get_layer(BEHIND).output
    trunk = keras.Model(learner.input, behind)
    head = keras.Model(behind, learner.output)
    is_one = is_one_of(model)
    head.compile(
        optimizer_of(how.steps, how.learning_rate, how.weight_decay, how.ema_momentum),
        loss={PROBABILITIES: "categorical_crossentropy", is_one: "binary_crossentropy"},
        jit_compile=False,
    )
    scans, negatives = (round(how.batch_size * share) for share in (how.scan_share, how.negative_share))
    parts = [
        (features(trunk, part, how.seed), part.labels, size)
        for part, size in (
            (sample(data.strokes, how.strokes, rng), how.batch_size - scans - negatives),
            (sample(data.scans, how.scans, rng), scans),
            (sample(data.negatives, how.negatives, rng), negatives),
        )
    ]
    for _ in progress(range(how.steps)):
        chosen = [(of, labels, rng.integers(0, len(labels), size)) for of, labels, size in parts]
        inputs = np.concatenate([of[i] for of, _, i in chosen]).astype(np.float32)
        labels = np.concatenate([labels[i] for _, labels, i in chosen])
        head.train_on_batch(inputs, *targets(tf.constant(labels), how.label_smoothing, data.alphabet))
    head.optimizer.finalize_variable_values(head.trainable_variables)  # the averages
    return learner


def optimizer_of(
    steps: int, learning_rate: float, weight_decay: float, ema_momentum: float
) -> keras.optimizers.Optimizer:
    """AdamW with a warm-up to `learning_rate`, cosine decay over `steps` batches, and averaged weights."""
    warm_up = steps // 12
    schedule = keras.optimizers.schedules.CosineDecay(
        learning_rate / 20,
        steps - warm_up,
        alpha=0.01,
        warmup_target=learning_rate,
        warmup_steps=warm_up,
    )
    return keras.optimizers.AdamW(
        schedule, weight_decay=weight_decay, use_ema=True, ema_momentum=ema_momentum
    )


def features(trunk: keras.Model, images: Images, seed: int) -> np.ndarray:
    """What `trunk` gives for `images`, each distorted mildly: (n, features) float16."""

    @tf.function
    def distorted(pixels: tf.Tensor, seeds: tf.Tensor) -> tf.Tensor:
        return tf.cast(trunk(augment(pixels, seeds, MILD), training=False), tf.float16)

    of = np.empty((len(images), trunk.output_shape[-1]), np.float16)
    for start in range(0, len(images), 500):
        pixels = images.images[start : start + 500, ..., None].astype(np.float32)
        of[start : start + 500] = distorted(tf.constant(pixels), tf.constant([seed, start], tf.int32))
    return of


def main(arguments: list[str] | None = None) -> int:
    """Refit the shipped model of letters from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.refit", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few steps on a subset, to try it out")
    parser.add_argument("--output", type=Path, default=model_path(LETTERS), help="default: the shipped model")
    options = parser.parse_args(arguments)
    path = model_path(LETTERS)
    recipe = LETTER_RECIPES["quick" if options.quick else "full"]
    how = Refit(steps=20, strokes=1_000) if options.quick else Refit()
    try:
        sources = load_sources(LETTERS)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    facts, data = read_facts(path), prepare_data(recipe, sources)
    model = refit(keras.models.load_model(path), data, how, tqdm)
    model, chosen = train.calibrated(model, data)
    refitted = {"from": facts["version"], "commit": train.commit(), **dataclasses.asdict(how)}
    save_model(
        model,
        options.output,
        LETTERS,
        **{name: facts[name] for name in train.OF_THE_RUN},
        refitted=refitted,
        **chosen,
        **train.measured(model, data, sources.limited(recipe.images, recipe.seed)),
    )
    print_figures(write_lean(options.output)["figures"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
