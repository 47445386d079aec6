"""Training: a recipe, the data it mixes, and the run that turns them into a saved model.

`python -m model_training.train` trains from the command line; `02_train_cnn.ipynb` calls the same
functions a step at a time.
"""

import argparse
import dataclasses
import functools
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training import evaluate, refusal
from model_training.augmentation import Augmentation, augment
from model_training.datasets import (
    DataUnavailableError,
    Images,
    load_mnist,
    load_pendigits,
    split_mnist,
    split_pendigits,
)
from model_training.distillation import TransferSet, transfer_set, transfer_stream
from model_training.framing import frame_all
from model_training.model_file import MODEL_PATH, save_model
from model_training.negatives import Negatives, negative_validation, render_negatives
from model_training.network import CLASSES, IS_DIGIT, PROBABILITIES, build_cnn
from model_training.stroke_augmentation import render, render_resized, render_variants

NOT_A_DIGIT = CLASSES  # the label of a negative

# Checkpoints; a run can be resumed from here.
WORK_FOLDER = Path(os.environ.get("WORK_FOLDER", Path(__file__).parent.parent / "build" / "train"))


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a training run gives, apart from the data."""

    name: str
    epochs: int
    batch_size: int = 128
    learning_rate: float = 2e-3  # the peak of a warm-up and cosine decay
    label_smoothing: float = 0.03
    ema_momentum: float | None = 0.999  # of the weights' moving average; None for none
    pen_share: float = 0.4  # of each batch; the rest is MNIST
    pen_variants: int = 16  # distorted copies drawn of each pen digit
    negatives: int = 40_000  # images that show no digit
    negative_share: float = 0.1  # of each batch
    teachers: tuple[int, ...] = ()  # seeds of the notebook's recipe whose nets teach this one
    teacher_weight: float = 0.6  # of the teachers' probabilities in the target; the label has the rest
    transfer_images: int = 500_000  # augmented images that the teachers are asked about
    finish_epochs: int = 0  # more epochs at the end, of images distorted by MILD
    finish_learning_rate: float = 5e-4  # the peak in these
    patience: int = 10  # epochs without a better validation loss before stopping
    precision: str = "mixed_bfloat16"  # while training; the saved model is float32
    images: int | None = None  # of MNIST's training set; None for all
    seed: int = 1


# Strong distortion teaches what a digit may look like; the last epochs are nearer to what is written.
MILD = Augmentation(
    rotation=6, slant=0.09, zoom=0.06, shift=0.8, elastic=0.35, thickness=0.4, blur=0.5, ink=0.25, noise=0.15
)

RECIPES = {
    "full": Recipe("full", epochs=20, pen_share=0.35, teachers=(2, 3), finish_epochs=4),
    "notebook": Recipe(
        "notebook", epochs=9, ema_momentum=0.998, pen_share=0.25, pen_variants=6, negatives=16_000
    ),
    "quick": Recipe("quick", epochs=2, ema_momentum=None, pen_variants=1, negatives=1_000, images=12_800),
}


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
        """All validation images together: the run chooses by the loss on these."""
        return _joined(self.validation_digits, self.negative_validation)


def _joined(*parts: Images) -> Images:
    return Images(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))


def prepare_data(recipe: Recipe) -> TrainingData:
    """Load and split both data sets and draw the pen digits' variants, with a progress bar.

    Raises DataUnavailableError if a data set can't be had.
    """
    mnist, mnist_validation = split_mnist(load_mnist()[0])
    if recipe.images is not None:
        chosen = np.random.default_rng(recipe.seed).choice(len(mnist), recipe.images, replace=False)
        mnist = mnist.take(chosen)
    pen, pen_validation = split_pendigits(load_pendigits())
    resized = render_resized(pen_validation)
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
        render(pen_validation),
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


def compile_model(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> None:
    """Compile with Adam, a warm-up of one epoch, cosine decay, and a cross-entropy for each output."""
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=recipe.learning_rate / 20,
        warmup_target=recipe.learning_rate,
        warmup_steps=steps_per_epoch,
        decay_steps=steps_per_epoch * max(recipe.epochs - 1, 1),
        alpha=0.002,
    )
    average = {"use_ema": True, "ema_momentum": recipe.ema_momentum} if recipe.ema_momentum else {}
    model.compile(
        optimizer=keras.optimizers.Adam(schedule, **average),
        loss={PROBABILITIES: "categorical_crossentropy", IS_DIGIT: "binary_crossentropy"},
        weighted_metrics={PROBABILITIES: ["accuracy"], IS_DIGIT: []},
    )


def fit(
    data: TrainingData,
    recipe: Recipe,
    folder: Path,
    build: Callable[[], keras.Model] = build_cnn,
    how: Augmentation | None = None,
    stream: tf.data.Dataset | None = None,
    verbose: int = 1,
) -> keras.Model:
    """Train by the recipe; return the best model found, in float32 and with its history in `folder`.

    `build` makes the untrained network, `how` says how far images are distorted; `stream`, if given, is
    trained on in place of `training_stream`'s. Interrupted by Ctrl-C it keeps and returns the best so
    far. Called again with the same folder it goes on after the last whole epoch.
    """
    if not _backup(folder).exists():  # nothing to resume
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    previous_policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy(recipe.precision)
    try:
        model = build()
    finally:
        keras.config.set_dtype_policy(previous_policy)
    steps = len(data.mnist) // batch_sizes(recipe)[0]
    compile_model(model, recipe, steps)
    validation = data.validation
    try:
        model.fit(
            stream or training_stream(data, recipe, how),
            epochs=recipe.epochs,
            steps_per_epoch=steps,
            # Smoothed as in training: else the least trained model, not yet modest, would look best.
            validation_data=tf.data.Dataset.from_tensor_slices(
                (
                    validation.images[..., None].astype(np.float32),
                    *targets(tf.constant(validation.labels), recipe.label_smoothing),
                )
            ).batch(500),
            shuffle=False,  # the stream is shuffled already
            callbacks=_callbacks(recipe, folder),
            verbose=verbose,
        )
    except KeyboardInterrupt:
        if not _best_weights(folder).exists():
            raise
        print(
            f"\nInterrupted: keeping the best checkpoint so far, epoch {best_epoch(folder)}. "
            "The same command goes on from the last whole epoch.",
            flush=True,
        )
    best = build()
    best.load_weights(_best_weights(folder))
    return best


def read_history(folder: Path) -> dict[str, list[float]]:
    """The loss and accuracy of each epoch, training and validation, as the run logged them."""
    import pandas as pd

    table = pd.read_csv(folder / "history.csv").drop_duplicates("epoch", keep="last")
    table = table.rename(columns=lambda name: name.replace(f"{PROBABILITIES}_accuracy", "accuracy"))
    return {name: table[name].round(5).tolist() for name in table if name != "epoch"}


def best_epoch(folder: Path) -> int:
    """The epoch, counted from 1, with the lowest validation loss."""
    return int(np.argmin(read_history(folder)["val_loss"])) + 1


def train(recipe: Recipe, output: Path = MODEL_PATH, folder: Path | None = None) -> dict:
    """Train, calibrate, save and evaluate a model; return the facts written beside it.

    A recipe with teachers trains them first. An interrupted run leaves the best model so far, and the
    same call resumes it. MNIST's test set is touched once, after everything is chosen.
    """
    folder = folder or WORK_FOLDER / f"{recipe.name}-seed{recipe.seed}"
    teachers = [_teacher(seed) for seed in recipe.teachers]
    data = prepare_data(recipe)
    clock = _Clock(folder)
    stream = _taught_stream(data, recipe, teachers, folder) if teachers else None
    model = fit(data, recipe, folder, stream=stream)
    history = read_history(folder)
    if recipe.finish_epochs:
        model = _finish(model, data, recipe, _finish_folder(folder))
        history = {
            name: values + read_history(_finish_folder(folder))[name] for name, values in history.items()
        }
    seconds = clock.stop()
    model, temperature = evaluate.calibrate(model, data.validation_digits)
    sets = evaluate.evaluation_sets()
    facts = save_model(
        model,
        output,
        recipe={
            **dataclasses.asdict(recipe),
            "augmentation": dataclasses.asdict(Augmentation()),
            "mild": dataclasses.asdict(MILD),
        },
        training_seconds=round(seconds),
        best_epoch=int(np.argmin(history["val_loss"])) + 1,
        history=history,
        temperature=round(temperature, 4),
        figures=evaluate.measure(model, sets),
        refusal=fit_refusal(model, data, sets, min(500, recipe.negatives // 10)),
    )
    if not _backup(folder).exists():  # an interrupted run can still be resumed
        shutil.rmtree(folder)
        shutil.rmtree(_finish_folder(folder), ignore_errors=True)
        folder.with_name(f"{folder.name}-transfer.npz").unlink(missing_ok=True)
    return facts


def fit_refusal(model: keras.Model, data: TrainingData, sets: dict[str, Images], n: int = 500) -> dict:
    """Choose the threshold by validation digits; return it with what `refusal` measures at it.

    `n` is the number of negatives of each kind.
    """
    digits = (data.mnist_validation, data.pen_validation, data.pen_validation_resized)
    threshold = refusal.choose_threshold([refusal.scores(model, part.images) for part in digits])
    return refusal.measure(model, threshold, refusal.refusal_sets(sets, n))


def _teacher(seed: int) -> keras.Model:
    """The net that the notebook's recipe gives with `seed`: trained here unless that was done before."""
    path = WORK_FOLDER / "teachers" / f"notebook-seed{seed}.keras"
    if not path.exists():
        print(f"Training the teacher of seed {seed}.", flush=True)
        train(dataclasses.replace(RECIPES["notebook"], seed=seed), path)
    return keras.models.load_model(path)


def _taught_stream(
    data: TrainingData, recipe: Recipe, teachers: list[keras.Model], folder: Path
) -> tf.data.Dataset:
    path = folder.with_name(f"{folder.name}-transfer.npz")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        progress = functools.partial(tqdm, desc="asking the teachers", unit="batch")
        stream = training_stream(data, dataclasses.replace(recipe, batch_size=500))
        transfer_set(stream, teachers, recipe.transfer_images, recipe.teacher_weight, progress).save(path)
    return transfer_stream(TransferSet.load(path), recipe.batch_size, recipe.seed)


def _finish(model: keras.Model, data: TrainingData, recipe: Recipe, folder: Path) -> keras.Model:
    """Train `model` on, on live images that are distorted less."""

    def build() -> keras.Model:
        copy = build_cnn()
        copy.set_weights(model.get_weights())
        return copy

    last = dataclasses.replace(
        recipe, epochs=recipe.finish_epochs, learning_rate=recipe.finish_learning_rate, seed=recipe.seed + 1
    )
    return fit(data, last, folder, build, MILD)


def _finish_folder(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-finish")


class _Clock:
    """Counts a run's seconds across interruptions."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "seconds.json"
        resumed = _backup(folder).exists() and self.path.exists()
        self.before = json.loads(self.path.read_text()) if resumed else 0.0
        self.start = time.monotonic()

    def stop(self) -> float:
        total = self.before + time.monotonic() - self.start
        self.path.write_text(json.dumps(total))
        return total


def _callbacks(recipe: Recipe, folder: Path) -> list[keras.callbacks.Callback]:
    best_so_far = None
    if (folder / "history.csv").exists() and _best_weights(folder).exists():
        best_so_far = min(read_history(folder)["val_loss"])
    callbacks = [
        # Before the swap: a resumed run goes on from the raw weights, not from their average.
        # It deletes its backup when training ends by itself.
        keras.callbacks.BackupAndRestore(_backup(folder)),
        keras.callbacks.ModelCheckpoint(
            _best_weights(folder),
            monitor="val_loss",
            save_best_only=True,
            save_weights_only=True,
            initial_value_threshold=best_so_far,
        ),
        keras.callbacks.EarlyStopping("val_loss", patience=recipe.patience, verbose=1),
        keras.callbacks.CSVLogger(folder / "history.csv", append=True),
    ]
    if recipe.ema_momentum:
        callbacks.insert(1, keras.callbacks.SwapEMAWeights(swap_on_epoch=True))
    return callbacks


def _backup(folder: Path) -> Path:
    return folder / "backup"


def _best_weights(folder: Path) -> Path:
    return folder / "best.weights.h5"


def _shuffled(images: Images, batch_size: int, seed: int) -> tf.data.Dataset:
    pixels, labels = tf.constant(images.images), tf.constant(images.labels)
    positions = tf.data.Dataset.range(len(images)).shuffle(len(images), seed=seed).repeat()
    return positions.batch(batch_size).map(lambda i: (tf.gather(pixels, i), tf.gather(labels, i)))


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.train", description=__doc__)
    parser.add_argument(
        "--recipe", choices=RECIPES, default="notebook", help="default: notebook (10 minutes)"
    )
    parser.add_argument("--quick", action="store_true", help="a few hundred steps on a subset, to try it out")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--output", type=Path, default=MODEL_PATH, help=f"default: {MODEL_PATH.name}")
    options = parser.parse_args(arguments)
    if options.output.suffix != ".keras":
        parser.error(f"--output must end in .keras, got {options.output}")
    changes = {
        name: value
        for name in ("epochs", "batch_size", "seed")
        if (value := getattr(options, name)) is not None
    }
    if min([1, *(changes[name] for name in ("epochs", "batch_size") if name in changes)]) < 1:
        parser.error("--epochs and --batch-size must be at least 1")
    recipe = dataclasses.replace(RECIPES["quick" if options.quick else options.recipe], **changes)
    try:
        facts = train(recipe, options.output)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted before the first epoch ended: nothing was saved.", file=sys.stderr)
        return 130
    print(f"Saved {options.output} ({facts['parameters']:,} parameters).")
    evaluate.print_figures(facts["figures"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
