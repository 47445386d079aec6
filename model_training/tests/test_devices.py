"""A run that is spread over processes learns what one process learns."""

import contextlib
import json
import os
import socket
import subprocess
import sys

import numpy as np
import pytest

from model_training.model_file import MODEL_PATH
from model_training.tests.spread_run import run

pytestmark = pytest.mark.slow


def free_ports(count):
    with contextlib.ExitStack() as held:  # all at once, so that no two are the same
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def in_processes(folder, count):
    """Return what `run` returns in each of `count` processes that train together."""
    addresses = [f"127.0.0.1:{port}" for port in free_ports(count)]
    files = [folder / f"{index}.npz" for index in range(count)]
    processes = []
    for index, file in enumerate(files):
        told = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_CONFIG": json.dumps(told)}
        command = [sys.executable, "-m", "model_training.tests.spread_run", str(file)]
        processes.append(subprocess.Popen(command, cwd=MODEL_PATH.parent.parent, env=environment))
    try:
        assert [process.wait(300) for process in processes] == [0] * count
    finally:
        for process in processes:
            process.kill()
    return [[result[name] for name in result.files] for result in map(np.load, files)]


def test_two_processes_learn_what_one_does_from_batches_of_the_same_size(tmp_path):
    replicas, losses, moved, *alone = run()
    first, second = in_processes(tmp_path, 2)
    assert (replicas, first[0], second[0]) == (1, 2, 2)
    np.testing.assert_allclose(first[1], losses, rtol=1e-4)
    assert min(moved) > 1e-4
    for one, other, expected, by in zip(first[3:], second[3:], alone, moved, strict=True):
        np.testing.assert_array_equal(one, other)
        np.testing.assert_allclose(one, expected, atol=by / 100)
