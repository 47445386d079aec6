"""Refusing more: a trained model of digits learns to refuse further kinds of drawings, and loses no digit.

`python -m model_training.refuse` lets units beside those of the dense layer learn it, in minutes, on features
computed once. They count for `is_digit` alone, and can only lower it: which digit it is, and what is refused
already, stays as it is. The facts about the model's training stay, too.
"""

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from keras import layers
from tqdm import tqdm

from model_training import train
from model_training.alphabets import DIGITS
from model_training.datasets import DataUnavailableError, Images
from model_training.evaluate import print_figures
from model_training.export import write_lean
from model_training.model_file import model_path, read_facts, save_model
from model_training.negatives import render_negatives
from model_training.network import IS_DIGIT
from model_training.recipes import RECIPES
from model_training.refit import BEHIND, features, optimizer_of
from model_training.refusal import print_refusal
from model_training.sources import Sources, load_sources
from model_training.training_data import TrainingData, prepare_data

DENSE, NORM = "head_dense", "head_norm"  # the layers that get more units
MOST_SURE = 1e-6  # how far from 0 and 1 a score stays


@dataclass(frozen=True)
class Refuse:
    """Everything that decides what is refused further, apart from the model and the data."""

    units: int = 32
    steps: int = 3_000  # batches
    batch_size: int = 384
    learning_rate: float = 2e-3  # the peak of a warm-up and cosine decay
    weight_decay: float = 1e-3
    ema_momentum: float = 0.994  # of the weights' moving average
    dropout: float = 0.15
    # Shares of each batch; the rest is what is to be refused further.
    scanned_share: float = 0.24
    stroke_share: float = 0.34
    scan_share: float = 0.1
    negative_share: float = 0.08
    # How much is lost with a digit that is refused, and with a negative that was trained on before and isn't;
    # 1 is lost with what is to be refused and isn't.
    digit_weight: float = 12.0
    negative_weight: float = 0.3
    doubted: float = 0.99  # a digit with a lower score is drawn so many times as often
    doubted_times: float = 9.0
    one_times: float = 4.0  # as often ones are: a tick is nearly one
    ticks: int = 8_000
    greek: int = 13_000
    seed: int = 1


def to_refuse(how: Refuse, sources: Sources) -> Images:
    """Draw what is to be refused further: ticks, and Greek letters in print."""
    total = how.ticks + how.greek
    kinds = {"ticks": how.ticks / total, "printed Greek": how.greek / total}
    drawn = render_negatives(total, how.seed, sources.pen, sources.scanned, kinds, progress=tqdm)
    return Images(drawn.images, np.full(total, len(DIGITS), np.uint8))


def refuse(
    model: keras.Model,
    data: TrainingData,
    further: Images,
    how: Refuse,
    progress: Callable[[range], Iterable[int]] = iter,
) -> keras.Model:
    """Return a copy of `model`, which reads digits, that refuses what is like `further`, too.

    `progress` wraps the iteration over the steps, as tqdm does.
    """
    keras.utils.set_random_seed(how.seed)
    rng = np.random.default_rng(how.seed)
    behind = model.get_layer(BEHIND).output
    trunk = keras.Model(model.input, behind)
    score = keras.Model(behind, model.output[IS_DIGIT])
    given = (how.scanned_share, how.stroke_share, how.scan_share, how.negative_share)
    parts = [
        _Part.of(trunk, score, images, round(how.batch_size * share), how, weight)
        for images, share, weight in (
            *zip((data.scanned, data.strokes, data.scans), given[:3], [how.digit_weight] * 3, strict=True),
            (data.negatives, how.negative_share, how.negative_weight),
            (further, 1 - sum(given), 1.0),
        )
        if len(images)
    ]
    learner = _learner(trunk.output_shape[-1], how)
    for _ in progress(range(how.steps)):
        chosen = [part.draw(rng) for part in parts]
        inputs, before, is_digit, weights = (np.concatenate(each) for each in zip(*chosen, strict=True))
        learner.train_on_batch([inputs.astype(np.float32), before[:, None]], is_digit[:, None], weights)
    learner.optimizer.finalize_variable_values(learner.trainable_variables)  # the averages
    return _widened(model, learner)


@dataclass(frozen=True)
class _Part:
    """Images of which so many are in each batch, by their features."""

    features: np.ndarray  # (n, features) float16
    before: np.ndarray  # (n,) float32, the logit of `is_digit` before
    is_digit: np.ndarray  # (n,) float32, 0 or 1
    chance: np.ndarray  # (n,) of being drawn, summed up
    size: int  # of a batch
    weight: float

    @classmethod
    def of(
        cls, trunk: keras.Model, score: keras.Model, images: Images, size: int, how: Refuse, weight: float
    ) -> "_Part":
        of_images = features(trunk, images, how.seed)
        before = score.predict(of_images.astype(np.float32), batch_size=2_000, verbose=0)[:, 0]
        before = np.clip(before, MOST_SURE, 1 - MOST_SURE)
        is_digit = images.labels < len(DIGITS)
        chance = np.ones(len(images))
        chance[is_digit & (before < how.doubted)] += how.doubted_times - 1
        chance[images.labels == 1] += how.one_times - 1
        logits = np.log(before / (1 - before)).astype(np.float32)
        return cls(of_images, logits, is_digit.astype(np.float32), chance.cumsum(), size, weight)

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
        at = np.searchsorted(self.chance, rng.uniform(0, self.chance[-1], self.size), side="right")
        return (
            self.features[at],
            self.before[at],
            self.is_digit[at],
            np.full(len(at), self.weight, np.float32),
        )


def _learner(inputs: int, how: Refuse) -> keras.Model:
    """What learns: features, (n, inputs), and the logit of `is_digit`, (n, 1) -> `is_digit` now, (n, 1)."""
    of_image, before = keras.Input((inputs,)), keras.Input((1,))
    x = layers.Dropout(how.dropout)(of_image)
    x = layers.Dense(how.units, "relu", bias_initializer=keras.initializers.Constant(-0.2), name="units")(x)
    x = layers.Dropout(how.dropout)(x)
    lowered = layers.Dense(
        1,
        use_bias=False,
        kernel_initializer=keras.initializers.Constant(-0.3),
        kernel_constraint=lambda kernel: -keras.ops.relu(-kernel),
        name="lowered",
    )(x)
    learner = keras.Model([of_image, before], layers.Activation("sigmoid")(layers.Add()([before, lowered])))
    optimizer = optimizer_of(how.steps, how.learning_rate, how.weight_decay, how.ema_momentum)
    learner.compile(optimizer, loss="binary_crossentropy", jit_compile=False)
    return learner


def _widened(model: keras.Model, learner: keras.Model) -> keras.Model:
    """Return `model` with the units of `learner` beside its own in the dense layer."""
    kernel, bias = learner.get_layer("units").get_weights()
    (lowered,) = learner.get_layer("lowered").get_weights()
    units = len(bias)

    def clone(layer: keras.Layer) -> keras.Layer:
        config = layer.get_config()
        if layer.name == DENSE:
            config["units"] += units
        return type(layer).from_config(config)

    wide = keras.models.clone_model(model, clone_function=clone)
    # What normalisation does to the new units is to add their bias.
    epsilon = model.get_layer(NORM).epsilon
    beside = {
        DENSE: [kernel],
        NORM: [np.full(units, np.sqrt(1 + epsilon)), bias, np.zeros(units), np.ones(units)],
        "logits": [np.zeros((units, len(DIGITS))), None],
        IS_DIGIT: [lowered, None],
    }
    for layer in model.layers:
        weights = layer.get_weights()
        if layer.name in beside:
            axis = -1 if layer.name in (DENSE, NORM) else 0
            weights = [
                own if new is None else np.concatenate([own, new], axis)
                for own, new in zip(weights, beside[layer.name], strict=True)
            ]
        wide.get_layer(layer.name).set_weights(weights)
    return wide


def main(arguments: list[str] | None = None) -> int:
    """Let the shipped model of digits refuse more from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.refuse", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few steps on a subset, to try it out")
    parser.add_argument("--output", type=Path, default=model_path(DIGITS), help="default: the shipped model")
    options = parser.parse_args(arguments)
    path = model_path(DIGITS)
    how = Refuse(steps=20, ticks=200, greek=300) if options.quick else Refuse()
    recipe = RECIPES["quick"]
    if not options.quick:
        recipe = dataclasses.replace(RECIPES["full"], pen_variants=3, scans=16_000, negatives=60_000)
    try:
        sources = load_sources()
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    facts, data = read_facts(path), prepare_data(recipe, sources)
    model = refuse(keras.models.load_model(path), data, to_refuse(how, sources), how, tqdm)
    save_model(
        model,
        options.output,
        DIGITS,
        **{name: facts[name] for name in (*train.OF_THE_RUN, "temperature")},
        refused_further={"from": facts["version"], "commit": train.commit(), **dataclasses.asdict(how)},
        **train.measured(model, data, sources.limited(recipe.images, recipe.seed)),
    )
    facts = write_lean(options.output)
    print_figures(facts["figures"])
    print_refusal(facts["refusal"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
