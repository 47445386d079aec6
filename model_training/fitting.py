"""Fitting: a training run in two stages that keeps its best weights and can be interrupted and resumed."""

import dataclasses
import functools
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from model_training.augmentation import Augmentation
from model_training.conv_muon import ConvMuon
from model_training.devices import make_ready, strategy
from model_training.fused_norm import with_fused_norms
from model_training.network import PROBABILITIES, build_cnn, is_one_of
from model_training.recipes import MILD, Recipe
from model_training.training_data import TrainingData, batches, steps_per_epoch, training_stream

HISTORY = "history.csv"
# Not the whole loss: what the other output adds depends on how many negatives there are.
CHOSEN_BY = f"val_{PROBABILITIES}_loss"


def fit(
    data: TrainingData,
    recipe: Recipe,
    folder: Path,
    build: Callable[[], keras.Model] | None = None,
    how: Augmentation | None = None,
    verbose: int = 1,
) -> keras.Model:
    """Train by the recipe; return the best model found, in float32 and with its history in `folder`.

    `build` makes the untrained network, `build_cnn` for the data's alphabet if None; `how` says how far
    images are distorted, in place of the recipe. Interrupted by Ctrl-C it keeps and returns the best so far.
    Called again with the same folder and recipe it goes on after the last whole epoch; another recipe's run
    is moved aside.

    Raises KeyboardInterrupt if interrupted before the first epoch ended.
    """
    build = build or functools.partial(build_cnn, recipe.dropout, data.alphabet)
    strong, mild = _stages(folder)
    _start(folder, recipe, how or Augmentation(), how or MILD)
    try:
        model = _fit_stage(data, recipe, strong, build, how or Augmentation(), verbose)
        if recipe.finish:
            last = dataclasses.replace(recipe, seed=recipe.seed + 1, **recipe.finish)
            _fit_stage(data, last, mild, functools.partial(_copy, model, build), how or MILD, verbose)
    except KeyboardInterrupt:
        if not _best_weights(strong).exists():
            raise
        print(
            f"\nInterrupted: keeping the best checkpoint so far, epoch {best_epoch(folder)}. "
            "The same command goes on from the last whole epoch.",
            flush=True,
        )
    best = with_fused_norms(build())
    best.load_weights(_best_weights(_best_stage(folder)))
    return _copy(best, build)


def is_whole(folder: Path, recipe: Recipe) -> bool:
    """Whether the run in `folder` came to its end, so that there is nothing to resume."""
    stages = _stages(folder)[: 2 if recipe.finish else 1]
    return all(_done(stage).exists() for stage in stages)


def read_history(folder: Path) -> dict[str, list[float]]:
    """Loss and accuracy of each epoch, training and validation, and its seconds, as the run logged them."""
    table = pd.concat([_log(stage) for stage in _stages(folder) if _best_weights(stage).exists()])
    table = table.rename(columns=lambda name: name.replace(f"{PROBABILITIES}_accuracy", "accuracy"))
    return {name: table[name].round(5).tolist() for name in table if name != "epoch"}


def best_epoch(folder: Path) -> int:
    """The epoch, counted from 1, with the lowest loss on the validation characters."""
    return int(np.argmin(read_history(folder)[CHOSEN_BY])) + 1


def _start(folder: Path, *made_by: Recipe | Augmentation) -> None:
    """Make `folder`; if a run that was made by something else is in it, move that aside."""
    name = folder / "recipe.json"
    wanted = json.dumps([dataclasses.asdict(part) for part in made_by])
    if name.exists() and name.read_text() == wanted:
        return
    if name.exists():
        aside = folder.with_name(f"{folder.name}-old")
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
        print(f"{folder.name} was a run of another recipe: it is kept as {aside}.", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    name.write_text(wanted)


def _fit_stage(
    data: TrainingData,
    recipe: Recipe,
    folder: Path,
    build: Callable[[], keras.Model],
    how: Augmentation,
    verbose: int,
) -> keras.Model:
    """Train what `build` makes for the recipe's epochs; return the best of them, as it was trained."""
    folder.mkdir(exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    previous_policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy(recipe.precision)
    try:
        with strategy().scope():
            model = with_fused_norms(build())
    finally:
        keras.config.set_dtype_policy(previous_policy)
    if not _done(folder).exists():
        # Resumed, a run sees other batches than it has seen.
        epochs_before = len(_log(folder)) if (folder / HISTORY).exists() else 0
        of_stream = dataclasses.replace(recipe, seed=recipe.seed + 1_000 * epochs_before)
        steps = steps_per_epoch(data, recipe)
        # Smoothed as in training: else the least trained model, not yet modest, would look best.
        validation = batches(data.validation, recipe.label_smoothing, data.alphabet)
        with strategy().scope():
            compile_model(model, recipe, steps)
        make_ready(model, validation)
        model.fit(
            training_stream(data, of_stream, how),
            epochs=recipe.epochs,
            steps_per_epoch=steps,
            validation_data=validation,
            shuffle=False,  # the stream is shuffled already
            callbacks=_callbacks(recipe, folder),
            verbose=verbose,
        )
        _done(folder).touch()
    model.load_weights(_best_weights(folder))
    return model


def _copy(model: keras.Model, build: Callable[[], keras.Model]) -> keras.Model:
    """What `build` makes, with `model`'s weights."""
    copy = build()
    copy.set_weights(model.get_weights())
    return copy


def compile_model(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> None:
    """Compile with Muon, a warm-up of one epoch, cosine decay, and a cross-entropy for each output."""
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=recipe.learning_rate / 20,
        warmup_target=recipe.learning_rate,
        warmup_steps=steps_per_epoch,
        decay_steps=steps_per_epoch * max(recipe.epochs - 1, 1),
        alpha=0.002,
    )
    is_one = is_one_of(model)
    average = {"use_ema": True, "ema_momentum": recipe.ema_momentum} if recipe.ema_momentum else {}
    model.compile(
        optimizer=ConvMuon(schedule, exclude_layers=["logits", is_one], **average),
        loss={PROBABILITIES: "categorical_crossentropy", is_one: "binary_crossentropy"},
        weighted_metrics={PROBABILITIES: ["accuracy"], is_one: []},
        jit_compile=recipe.xla,
    )


class _Seconds(keras.callbacks.Callback):
    """Adds to what is logged of an epoch how long it took, so that interruptions don't count."""

    def on_epoch_begin(self, epoch, logs=None) -> None:
        self._start = time.monotonic()

    def on_epoch_end(self, epoch, logs=None) -> None:
        logs["seconds"] = time.monotonic() - self._start


def _callbacks(recipe: Recipe, folder: Path) -> list[keras.callbacks.Callback]:
    best_so_far = _log(folder)[CHOSEN_BY].min() if _best_weights(folder).exists() else None
    callbacks = [
        # Before the swap: a resumed run goes on from the raw weights, not from their average.
        # It deletes its backup when training ends by itself.
        keras.callbacks.BackupAndRestore(folder / "backup", double_checkpoint=True),
        keras.callbacks.ModelCheckpoint(
            _best_weights(folder),
            monitor=CHOSEN_BY,
            mode="min",
            save_best_only=True,
            save_weights_only=True,
            initial_value_threshold=best_so_far,
        ),
        keras.callbacks.EarlyStopping(CHOSEN_BY, mode="min", patience=recipe.patience, verbose=1),
        _Seconds(),
        keras.callbacks.CSVLogger(folder / HISTORY, append=True),
    ]
    if recipe.ema_momentum:
        callbacks.insert(1, keras.callbacks.SwapEMAWeights(swap_on_epoch=True))
    return callbacks


def _stages(folder: Path) -> tuple[Path, Path]:
    """The folders of a run's two stages: strong distortion, then mild."""
    return folder / "strong", folder / "mild"


def _best_stage(folder: Path) -> Path:
    trained = [stage for stage in _stages(folder) if _best_weights(stage).exists()]
    return min(trained, key=lambda stage: _log(stage)[CHOSEN_BY].min())


def _log(stage: Path) -> pd.DataFrame:
    """What was logged of each epoch; of one that was run again, the last time."""
    return pd.read_csv(stage / HISTORY).drop_duplicates("epoch", keep="last")


def _best_weights(stage: Path) -> Path:
    return stage / "best.weights.h5"


def _done(stage: Path) -> Path:
    return stage / "done"
