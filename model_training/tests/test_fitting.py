import dataclasses

import keras
import numpy as np
import pytest

from model_training import fitting
from model_training.network import build_cnn, build_dense_baseline
from model_training.recipes import RECIPES
from model_training.training_data import prepare_data, training_stream

pytestmark = pytest.mark.slow

SMALL = dataclasses.replace(
    RECIPES["quick"], images=640, batch_size=32, epochs=2, finish={"epochs": 2}, ema_momentum=0.9
)


@pytest.fixture(scope="module")
def data(all_sources):
    whole = prepare_data(dataclasses.replace(SMALL, negatives=200, scans=100), all_sources)
    few = {name: digits.take(np.arange(60)) for name, digits in whole.validation_by_kind.items()}
    negatives = whole.negative_validation.take(np.arange(60))
    return dataclasses.replace(whole, validation_by_kind=few, negative_validation=negatives)


class Stop(keras.callbacks.Callback):
    """Ctrl-C after a number of epochs, counted over all stages."""

    def __init__(self, after):
        super().__init__()
        self.left = after

    def on_epoch_end(self, epoch, logs=None):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def fit(data, folder, stop_after=0, recipe=SMALL, build=build_dense_baseline):
    """Fit until interrupted or whole; return the model and the losses so far."""
    original, stop = fitting._callbacks, Stop(stop_after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "_callbacks", lambda *a: [*original(*a), stop])
        model = fitting.fit(data, recipe, folder, build, verbose=0)
    return model, fitting.read_history(folder)["loss"]


def test_an_interrupted_run_is_resumed_after_its_last_whole_epoch(data, tmp_path, capsys):
    _, once = fit(data, tmp_path, stop_after=1)  # in the first stage
    assert "Interrupted: keeping the best checkpoint so far" in capsys.readouterr().out
    assert len(once) == 1
    assert not fitting.is_whole(tmp_path, SMALL)
    _, twice = fit(data, tmp_path, stop_after=2)  # in the second
    assert len(twice) == 3
    assert twice[:1] == once  # it went on, it didn't start over
    assert not fitting.is_whole(tmp_path, SMALL)
    _, whole = fit(data, tmp_path)
    assert len(whole) == 4
    assert whole[:3] == twice
    assert fitting.is_whole(tmp_path, SMALL)


def test_a_whole_run_is_not_run_again_and_its_best_epoch_is_returned(data, tmp_path):
    recipe = dataclasses.replace(SMALL, epochs=1, finish={"epochs": 1})
    model, losses = fit(data, tmp_path, recipe=recipe)
    again, same = fit(data, tmp_path, recipe=recipe)
    assert same == losses
    for one, other in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    history = fitting.read_history(tmp_path)
    assert fitting.best_epoch(tmp_path) == np.argmin(history["val_probabilities_loss"]) + 1
    assert len(history["seconds"]) == 2
    assert min(history["seconds"]) > 0
    assert {layer.dtype_policy.name for layer in model.layers} == {"float32"}


def test_another_recipe_starts_over_and_the_first_run_is_kept(data, tmp_path, capsys):
    _, before = fit(data, tmp_path / "run", stop_after=1)
    other = dataclasses.replace(SMALL, learning_rate=1e-3, epochs=1, finish={})
    assert len(fit(data, tmp_path / "run", recipe=other)[1]) == 1
    assert "run was a run of another recipe: it is kept as" in capsys.readouterr().out
    assert fitting.read_history(tmp_path / "run-old")["loss"] == before


def test_a_resumed_run_sees_other_batches_and_keeps_its_optimizer(data, tmp_path, monkeypatch):
    seeds, steps = [], []

    def stream(data, recipe, how):
        seeds.append(recipe.seed)
        return training_stream(data, recipe, how)

    class Steps(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            steps.append(int(self.model.optimizer.iterations.numpy()))

    original = fitting._callbacks
    monkeypatch.setattr(fitting, "training_stream", stream)
    monkeypatch.setattr(fitting, "_callbacks", lambda *a: [*original(*a), Steps()])
    recipe = dataclasses.replace(SMALL, finish={})
    fit(data, tmp_path, stop_after=1, recipe=recipe)
    fit(data, tmp_path, recipe=recipe)
    assert len(set(seeds)) == 2
    assert steps[0] == 0
    assert steps[1] > 0


def test_an_interruption_before_anything_was_learned_is_passed_on(data, tmp_path, monkeypatch):
    class AtOnce(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "_callbacks", lambda *a: [AtOnce()])
    with pytest.raises(KeyboardInterrupt):
        fitting.fit(data, SMALL, tmp_path, build_dense_baseline, verbose=0)


def test_a_run_of_one_epoch_has_a_schedule():
    fitting.compile_model(build_cnn(), dataclasses.replace(SMALL, epochs=1), steps_per_epoch=10)
