"""What training saves to read lines whole is what the reader of lines loads."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest

from backend.reading.line_reader import GraphLineReader
from backend.reading.settings import REPOSITORY

TRAIN = """
import sys
from pathlib import Path
import keras, numpy as np
from model_training.model_file import MODEL_PATH
from model_training.string_data import write_strings
from model_training.string_network import build_eyes
from model_training.tests.test_string_data import writer
from model_training.train_strings import StringRecipe, fit_reader, fit_whole, measure_network, save_network
folder = Path(sys.argv[1])
eyes = build_eyes(keras.models.load_model(MODEL_PATH, compile=False))
strings = [
    vars(each) | {"seen": eyes.predict_on_batch(each.lines[..., None].astype("float32"))}
    for each in write_strings(writer(1), 48)
]
recipe = StringRecipe(strings=48, rounds=2, by_place=1, whole_strings=48, whole_rounds=1, batch=16)
network = fit_whole(recipe, fit_reader(recipe, strings, folder), strings, folder)
save_network(network, recipe, measure_network(network, strings), folder / "lines.tflite")
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    # In a process of its own, so that the tests' one doesn't load TensorFlow.
    folder = tmp_path_factory.mktemp("strings")
    command = [sys.executable, "-c", TRAIN, str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True)
    return folder, [
        float(line.rsplit("loss: ", 1)[1]) for line in done.stdout.splitlines() if "loss: " in line
    ]


@pytest.mark.slow
def test_the_facts_describe_the_saved_file(trained):
    folder, _ = trained
    content = (folder / "lines.tflite").read_bytes()
    facts = json.loads((folder / "lines.json").read_text())
    assert facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert facts["recipe"]["strings"] == facts["figures"]["strings"] == 48


@pytest.mark.slow
def test_every_stage_has_a_finite_loss(trained):
    _, losses = trained
    assert len(losses) == 3
    assert np.isfinite(losses).all()


@pytest.mark.slow
@pytest.mark.parametrize("width", [32, 160, 1024])
def test_the_saved_file_gives_probabilities_along_lines_of_any_width(trained, width):
    reader = GraphLineReader((trained[0] / "lines.tflite").read_bytes())
    outputs = reader.read(np.zeros((32, width), np.uint8))
    assert outputs.shape == (width // 2, 11)
    assert np.exp(outputs).sum(axis=1) == pytest.approx(1, abs=0.01)
