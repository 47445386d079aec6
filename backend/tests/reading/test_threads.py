import os
import subprocess
import sys

from backend.reading.settings import REPOSITORY

COUNT = """
import numpy, threadpoolctl
from backend.reading.threads import compute_on_one_thread
threads = lambda: max(pool["num_threads"] for pool in threadpoolctl.threadpool_info())
before = threads()
compute_on_one_thread()
print(before, threads())
"""


def test_matrices_are_computed_on_one_thread_once_that_is_asked():
    environment = {**os.environ, "OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-c", COUNT]
    run = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, check=True)
    assert run.stdout.split() == [b"%d" % min(2, os.cpu_count()), b"1"]
