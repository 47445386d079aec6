"""What stays allocated is allocated at the start, not by the first pictures."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.reading.settings import MEBIBYTE, REPOSITORY

# Prints how many bytes reading pictures leaves behind in a process, warmed up before or not.
PROGRAM = """
import pathlib, sys
from backend.bench.soak import pictures
from backend.evaluation.numbers import served_model
from backend.reading.classifier import GraphClassifier
from backend.reading.free_blocks import keep_little_memory, return_free_blocks
from backend.reading.numbers import read_picture
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread
from backend.reading.warm_up import warm_up

def held():
    return_free_blocks()
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("RssAnon")))

compute_on_one_thread()
keep_little_memory()
files = pictures()
classifier = GraphClassifier(served_model())
if sys.argv[1:]:
    warm_up([classifier])
before = held()
for file in files:
    read_picture(file, ReadingSettings.max_picture_memory, classifier)
print(held() - before)
"""


def left_behind(*arguments: str) -> int:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return int(subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's account of memory")
def test_pictures_leave_less_behind_after_a_warm_up():
    cold, warm = left_behind(), left_behind("warm")
    assert warm < cold - 4 * MEBIBYTE, (warm, cold)
