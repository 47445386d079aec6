"""The command line reads files: a line each, failures on standard error and in the exit code."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from backend.reading.recognise import recognise_all
from backend.reading.settings import REPOSITORY
from backend.serving.config import Config
from backend.tests.pictures import NOTHING_FOUND, grey_of, number, picture


def file(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return str(path)


@pytest.fixture
def good(tmp_path):
    return file(tmp_path, "good.png", picture(grey_of(1)))


@pytest.fixture
def blank(tmp_path):
    return file(tmp_path, "blank.png", picture(np.full((60, 40), 230, np.uint8)))


def test_a_line_a_file_names_digit_and_confidence_or_reason(stand_in, capsys, good, blank):
    assert recognise_all([good, blank], False, Config(), stand_in) == 0
    lines = capsys.readouterr().out.splitlines()
    name, digit, confidence = lines[0].split("\t")
    assert (name, confidence) == (good, "91.0%")
    assert digit in "0123456789"
    assert lines[1] == f"{blank}\t-\t{NOTHING_FOUND}"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("words.txt", b"hello", "must be a PNG"),
        ("cut.png", picture(grey_of(1))[:200], "is damaged"),
        ("empty.png", b"", "must be a PNG"),
        ("long.png", b"x" * (32 * 1024 * 1024 + 1), "it has more"),
    ],
)
def test_what_is_no_picture_is_named_and_the_others_are_read(
    stand_in, capsys, tmp_path, good, name, content, sentence
):
    bad = file(tmp_path, name, content)
    assert recognise_all([bad, good], False, Config(), stand_in) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith(good)
    assert printed.out.count("\n") == 1
    assert f"error: {bad}: " in printed.err
    assert sentence in printed.err


def test_a_missing_file_and_a_folder_are_named(stand_in, capsys, tmp_path):
    missing = str(tmp_path / "missing.png")
    assert recognise_all([missing, str(tmp_path)], False, Config(), stand_in) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"error: {missing}: No such file or directory." in printed.err
    assert f"error: {tmp_path}: Is a directory." in printed.err


def test_json_is_an_object_a_file_failures_among_them(stand_in, capsys, tmp_path, good, blank):
    bad = file(tmp_path, "bad.png", b"hello")
    assert recognise_all([good, bad, blank], True, Config(), stand_in) == 1
    read, failed, nothing = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert read["file"] == good
    assert len(read["probabilities"]) == 10
    assert set(failed) == {"file", "error"}
    assert (nothing["digit"], nothing["reason"]) == (None, NOTHING_FOUND)


def test_numbers_are_read_a_space_between_lines(stand_in, capsys, tmp_path, blank):
    two_lines = file(tmp_path, "numbers.png", picture(number("142", "53")))
    assert recognise_all([two_lines, blank], False, Config(), stand_in, numbers=True) == 0
    read, nothing = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert [len(line) for line in read[1].split(" ")] == [3, 2]
    assert read[2].endswith("%")
    assert nothing == [blank, "-", NOTHING_FOUND]
    assert recognise_all([two_lines], True, Config(), stand_in, numbers=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["text"].replace("\n", " ") == read[1]
    assert len(document["characters"]) == 5


def run(cache, *arguments, **options):
    environment = {**os.environ, "API_CACHE": str(cache)}
    command = [sys.executable, "-m", "backend.reading.recognise", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, **options)


def test_the_command_reads_with_the_shipped_model(served, cache, good):
    done = run(cache, "-", good, input=picture(grey_of(7)))
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [(name, digit) for name, digit, _ in lines] == [("-", "7"), (good, "1")]
    assert done.returncode == 0


def test_wrong_usage_is_told_from_failure(cache):
    assert run(cache).returncode == 2
    assert run(cache, "--yaml", "x.png").returncode == 2
