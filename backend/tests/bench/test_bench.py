"""The bench compares with something that works."""

import json
import subprocess
import sys

import pytest

from backend.reading.settings import REPOSITORY
from backend.serving.config import Config
from backend.tests.pictures import pixels_of

pytestmark = pytest.mark.slow

ASK = """
import json, sys
from backend.bench.textbook import create_textbook_app
answer = create_textbook_app(sys.argv[1]).test_client().post("/predict", json=json.load(sys.stdin))
print(json.dumps(answer.json))
"""


def test_the_textbook_handler_answers_as_the_server_does(server):
    document = {"pixels": pixels_of(7)}
    # In a process of its own: TensorFlow stays out of these tests' process.
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(Config.model_path)],
        cwd=REPOSITORY,
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
    )
    textbook = json.loads(done.stdout.splitlines()[-1])
    ours = json.loads(server.post("/predict", document)[2])
    assert (
        max(abs(a - b) for a, b in zip(textbook["probabilities"], ours["probabilities"], strict=True)) < 1e-4
    )
