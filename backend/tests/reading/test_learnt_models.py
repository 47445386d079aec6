"""What was learnt is served as soon as it is named; what can't be served leaves what is there in place."""

import logging

import numpy as np
import pytest

from backend.reading.learnt_models import LiveClassifiers
from backend.tests.learnt import FACTS, SHIPPED, point_to, put

SHIPPED_VERSION = FACTS["version"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "learnt"


@pytest.fixture
def live(served, folder):
    """The shipped model, beside a folder that isn't there yet."""
    return LiveClassifiers([served], folder)


def version_of(live):
    return live[0].facts["version"]


def test_the_base_answers_until_something_is_learnt(live, folder):
    assert version_of(live) == SHIPPED_VERSION
    put(folder, "first")
    assert version_of(live) == SHIPPED_VERSION  # it isn't named yet
    point_to(folder, "first")
    assert version_of(live) == "first"
    assert live.model("digits").facts["version"] == "first"


def test_what_is_taken_back_is_gone_at_once(live, folder):
    for version in ("first", "second"):
        put(folder, version)
        point_to(folder, version)
        assert version_of(live) == version
    point_to(folder, "first")
    assert version_of(live) == "first"
    point_to(folder, None)
    assert version_of(live) == SHIPPED_VERSION


def test_a_new_process_begins_with_what_is_served(served, folder):
    put(folder, "first")
    point_to(folder, "first")
    assert version_of(LiveClassifiers([served], folder)) == "first"


def test_whoever_took_a_classifier_keeps_it(live, folder):
    taken = live[0]
    put(folder, "first")
    point_to(folder, "first")
    assert version_of(live) == "first"
    assert taken.facts["version"] == SHIPPED_VERSION
    assert taken.classify(np.zeros((1, 28, 28))).probabilities.shape == (1, 10)


def damage_model(folder):
    (folder / "second.keras").write_bytes(b"cut off")


def damage_lean_copy(folder):
    (folder / "second.tflite").write_bytes(b"cut off")


def rename(folder):
    put(folder, "third")
    (folder / "third.json").replace(folder / "second.json")


@pytest.mark.parametrize("damage", [damage_model, damage_lean_copy, rename])
def test_what_is_damaged_isnt_served_and_is_logged(live, folder, damage, caplog):
    put(folder, "first")
    point_to(folder, "first")
    assert version_of(live) == "first"
    put(folder, "second")
    damage(folder)
    with caplog.at_level(logging.WARNING, "backend"):
        point_to(folder, "second")
        assert [version_of(live) for _ in range(3)] == ["first"] * 3
    assert [r.getMessage() for r in caplog.records if "first stays" in r.getMessage()] != []
    assert len([r for r in caplog.records if "stays" in r.getMessage()]) == 1  # not at each request


@pytest.mark.parametrize("nonsense", ["", "[]", '{"version": "first"}', '{"version": "../x", "base": 1}'])
def test_a_pointer_of_nonsense_changes_nothing(live, folder, nonsense):
    put(folder, "first")
    point_to(folder, "first")
    assert version_of(live) == "first"
    (folder / "digits.served").write_text(nonsense)
    assert version_of(live) in ("first", SHIPPED_VERSION)  # another base, or none: never an error


def test_what_was_learnt_from_another_base_isnt_served(live, folder):
    put(folder, "first", base="of before")
    point_to(folder, "first", base="of before")
    assert version_of(live) == SHIPPED_VERSION


def test_who_wants_to_know_is_told_of_a_swap(live, folder):
    told = []
    live.on_swap(lambda before, after: told.append((before["version"], after["version"])))
    put(folder, "first")
    point_to(folder, "first")
    assert [version_of(live), version_of(live)] == ["first", "first"]
    assert told == [(SHIPPED_VERSION, "first")]


def test_the_line_names_all_versions_and_the_served_one(live, folder):
    learning = {"held_out_lessons": {"n": 9, "before": {}, "after": {}}}
    put(folder, "first", created="2030-01-01T00:00:00Z", lessons={"learnt": 40}, learning=learning)
    put(folder, "second", created="2031-01-01T00:00:00Z", parent="first", lessons={"learnt": 80})
    put(folder, "of another base", base="another")
    (folder / "nonsense.json").write_text("{")
    point_to(folder, "first")
    second, first, shipped = live.line("digits")
    assert [each["version"] for each in (second, first, shipped)] == ["second", "first", SHIPPED_VERSION]
    assert [each["served"] for each in (second, first, shipped)] == [False, True, False]
    assert [each["shipped"] for each in (second, first, shipped)] == [False, False, True]
    assert (first["parent"], second["parent"], shipped["parent"]) == (SHIPPED_VERSION, "first", None)
    assert (first["lessons"], first["figures"]) == (40, learning)
    assert SHIPPED.is_file()
