import json
import os
import signal
import string
import subprocess
import sys
import time

import keras
import numpy as np
import pytest

from model_training import train
from model_training.alphabets import LETTERS
from model_training.model_file import MODEL_PATH
from model_training.network import predict
from model_training.recipes import LETTER_RECIPES
from model_training.tests.saved import check_saved

pytestmark = pytest.mark.slow


def test_a_short_run_learns_letters_and_is_saved_with_its_facts(all_letters, tmp_path):
    output = tmp_path / "letters.keras"
    facts = train.train(LETTER_RECIPES["quick"], output, tmp_path / "work", LETTERS)
    check_saved(facts, output)
    assert (facts["name"], facts["alphabet"]) == ("letter_cnn", "letters")
    assert "".join(facts["labels"]) == string.ascii_uppercase
    assert facts["figures"]["capitals_collections"]["accuracy"] > 0.12  # three times chance
    assert facts["refusal"]["letters_refused"]["small_collections"] <= 0.02
    assert {"scribbles", "real digits", "look-alike digits"} <= set(facts["refusal"]["negatives_refused"])
    assert facts["pairs"][0]["n"] >= facts["pairs"][-1]["n"] > 0
    assert facts["lean"]["size_bytes"] <= 3_500_000
    assert not (tmp_path / "work").exists()


def test_ctrl_c_keeps_the_best_checkpoint_and_says_so(mnist, pendigits, tmp_path):
    output = tmp_path / "model.keras"
    command = [sys.executable, "-m", "model_training.train", "--quick", "--epochs=50", f"--output={output}"]
    printed = tmp_path / "printed.txt"  # a pipe that nobody reads would fill, and the run would wait
    environment = {**os.environ, "WORK_FOLDER": str(tmp_path / "work")}
    with (
        printed.open("wb") as file,
        subprocess.Popen(
            command,
            cwd=MODEL_PATH.parent.parent,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            # As in a terminal: what a script starts in the background would ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as run,
    ):
        try:
            deadline = time.monotonic() + 900  # far more than it takes
            # What is written last of an epoch.
            while not any(log.stat().st_size for log in tmp_path.glob("work/*/strong/history.csv")):
                assert run.poll() is None, printed.read_text()
                assert time.monotonic() < deadline
                time.sleep(0.2)
            run.send_signal(signal.SIGINT)
            run.wait(timeout=300)
        finally:
            run.kill()
    assert "Interrupted: keeping the best checkpoint so far" in printed.read_text()
    assert list(tmp_path.glob("work/*/strong/backup/*"))  # the same command would go on from here
    assert run.returncode == 0
    facts = json.loads(output.with_suffix(".json").read_text())
    assert not facts["whole"]
    assert "mnist_test" not in facts["figures"]  # that is touched once, at the end
    assert predict(keras.models.load_model(output), np.zeros((1, 28, 28))).shape == (1, 10)


@pytest.mark.parametrize(
    "arguments",
    [["--epochs=0"], ["--batch-size=-1"], ["--output=model.h5"], ["--recipe=x"], ["--alphabet=x"]],
)
def test_bad_arguments_are_refused(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        train.main(arguments)
    assert "error:" in capsys.readouterr().err


def test_missing_data_is_said_in_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("MNIST_PATH", str(tmp_path / "nowhere.npz"))
    assert train.main(["--quick"]) == 1
    assert "not a file: either connect to the internet" in capsys.readouterr().err


def test_damaged_data_is_said_in_a_sentence(mnist, monkeypatch, capsys, tmp_path):
    damaged = tmp_path / "pendigits-orig.tra"
    damaged.write_text("cut off")
    monkeypatch.setenv("PENDIGITS_PATH", str(damaged))
    assert train.main(["--quick"]) == 1
    assert "doesn't have the checksum" in capsys.readouterr().err
