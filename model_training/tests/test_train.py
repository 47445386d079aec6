import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import keras
import numpy as np
import pytest

from model_training import train
from model_training.model_file import MODEL_PATH
from model_training.network import IS_DIGIT, PROBABILITIES, build_cnn

SMALL = dataclasses.replace(train.RECIPES["quick"], name="small", images=2_560, batch_size=32, epochs=2)


@pytest.fixture(scope="module")
def data(mnist, pendigits):
    return train.prepare_data(SMALL)


def test_batches_mix_digits_one_hot_and_negatives_without_a_class(data):
    images, targets, weights = next(iter(train.training_stream(data, SMALL)))
    assert images.shape == (32, 28, 28, 1)
    negatives = train.batch_sizes(SMALL)[2]
    is_digit = targets[IS_DIGIT].numpy()[:, 0]
    assert is_digit.tolist() == [1] * (32 - negatives) + [0] * negatives
    np.testing.assert_array_equal(weights[PROBABILITIES], is_digit)
    digits = targets[PROBABILITIES].numpy()[is_digit == 1]
    np.testing.assert_allclose(digits.sum(axis=1), 1, atol=1e-6)
    smoothing = SMALL.label_smoothing
    np.testing.assert_allclose(digits.max(axis=1), 1 - smoothing + smoothing / 10, atol=1e-6)


def test_a_run_of_one_epoch_has_a_schedule():
    train.compile_model(build_cnn(), dataclasses.replace(SMALL, epochs=1), steps_per_epoch=10)


def test_the_same_seed_gives_the_same_batches(data):
    first = next(iter(train.training_stream(data, SMALL)))
    again = next(iter(train.training_stream(data, SMALL)))
    np.testing.assert_array_equal(first[0], again[0])


def test_validation_holds_nothing_that_is_trained_on(data):
    fitted = {image.tobytes() for image in data.mnist.images}
    assert not any(image.tobytes() in fitted for image in data.mnist_validation.images)
    drawn = {image.tobytes() for image in data.negatives.images}
    assert not any(image.tobytes() in drawn for image in data.negative_validation.images)


def test_a_short_run_learns_and_is_saved_with_its_facts(mnist, pendigits, tmp_path):
    output = tmp_path / "model.keras"
    facts = train.train(SMALL, output, tmp_path / "work")
    assert facts == json.loads(output.with_suffix(".json").read_text())
    assert facts["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert facts["recipe"]["seed"] == SMALL.seed
    assert len(facts["history"]["val_loss"]) == SMALL.epochs
    assert facts["figures"]["mnist_validation"]["accuracy"] > 0.5  # five times chance
    assert facts["refusal"]["digits_refused"]["pen_validation"] <= 0.005
    assert facts["refusal"]["auroc"]["kinds trained on"] > 0.6  # more than chance
    assert keras.models.load_model(output).input_shape == (None, 28, 28, 1)
    assert not (tmp_path / "work").exists()


def test_a_student_is_taught_by_teachers_that_are_trained_once(mnist, pendigits, tmp_path, monkeypatch):
    monkeypatch.setattr(train, "WORK_FOLDER", tmp_path)
    monkeypatch.setitem(train.RECIPES, "notebook", SMALL)
    recipe = dataclasses.replace(SMALL, name="taught", teachers=(7,), transfer_images=5_120)
    train.train(recipe, tmp_path / "student.keras")
    teacher = tmp_path / "teachers" / "notebook-seed7.keras"
    trained = teacher.stat().st_mtime_ns
    facts = train.train(recipe, tmp_path / "student.keras")
    assert teacher.stat().st_mtime_ns == trained
    assert facts["recipe"]["teachers"] == [7]
    assert facts["figures"]["mnist_validation"]["accuracy"] > 0.2  # twice chance
    assert not list(tmp_path.glob("*transfer*"))


def test_an_interrupted_run_is_resumed_after_its_last_whole_epoch(data, tmp_path):
    recipe = dataclasses.replace(SMALL, ema_momentum=0.9, epochs=3)

    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 1:
                raise KeyboardInterrupt

    original = train._callbacks
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "_callbacks", lambda *a: [*original(*a), Stop()])
        train.fit(data, recipe, tmp_path, verbose=0)
    assert len(train.read_history(tmp_path)["loss"]) == 2
    train.fit(data, recipe, tmp_path, verbose=0)
    history = train.read_history(tmp_path)
    assert len(history["loss"]) == 3
    assert history["loss"][2] < history["loss"][0]  # it went on, it didn't start over


def test_ctrl_c_keeps_the_best_checkpoint_and_says_so(mnist, pendigits, tmp_path):
    output = tmp_path / "model.keras"
    command = [sys.executable, "-m", "model_training.train", "--quick", "--epochs=50", f"--output={output}"]
    with subprocess.Popen(
        command, cwd=MODEL_PATH.parent.parent, env={**os.environ, "WORK_FOLDER": str(tmp_path / "work")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as run:  # fmt: skip
        deadline = time.monotonic() + 240
        while not list(tmp_path.glob("work/*/best.weights.h5")):
            assert run.poll() is None, run.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.2)
        time.sleep(3)
        run.send_signal(signal.SIGINT)
        printed = run.communicate(timeout=120)[0].decode()
    assert "Interrupted: keeping the best checkpoint so far" in printed
    assert list(tmp_path.glob("work/*/backup/*"))  # the same command would go on from here
    assert run.returncode == 0
    assert keras.models.load_model(output).output_shape[PROBABILITIES] == (None, 10)


@pytest.mark.parametrize(
    "arguments", [["--epochs=0"], ["--batch-size=-1"], ["--output=model.h5"], ["--recipe=x"]]
)
def test_bad_arguments_are_refused(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        train.main(arguments)
    assert "error:" in capsys.readouterr().err


def test_missing_data_is_said_in_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("MNIST_PATH", str(tmp_path / "nowhere.npz"))
    assert train.main(["--quick"]) == 1
    assert "not a file: either connect to the internet" in capsys.readouterr().err
