import json
import shutil

import keras
import pytest

from model_training.alphabets import DIGITS
from model_training.model_file import MODEL_PATH, read_facts
from model_training.versions import ASIDE, VersionError, Versions, learnt_folder


@pytest.fixture
def versions(tmp_path):
    """The versions of a copy of the shipped model, of which none has learnt anything."""
    for suffix in (".keras", ".json"):
        shutil.copy(MODEL_PATH.with_suffix(suffix), tmp_path)
    return Versions(tmp_path / "learnt", DIGITS, tmp_path / MODEL_PATH.name)


def pretend(versions, version, parent, base=None):
    """Files of a version that look as if it had been learnt, and is served."""
    base = base or read_facts(versions.base)["version"]
    versions.folder.mkdir(exist_ok=True)
    for suffix in (".keras", ".tflite"):
        versions.path(version).with_suffix(suffix).touch()
    versions.path(version).with_suffix(".json").write_text(json.dumps({"version": version, "parent": parent}))
    (versions.folder / "digits.served").write_text(json.dumps({"version": version, "base": base}))


def test_the_base_is_served_until_something_was_learnt(versions):
    assert versions.served == versions.base
    with pytest.raises(VersionError, match="learnt nothing"):
        versions.back()


def test_back_goes_to_the_parent_and_from_the_first_to_the_base(versions):
    base = read_facts(versions.base)["version"]
    pretend(versions, "first", base)
    pretend(versions, "second", "first")
    assert versions.served == versions.path("second")
    assert versions.back() == ("second", "first")
    assert versions.served == versions.path("first")
    assert versions.back() == ("first", base)
    assert versions.served == versions.base
    assert versions.path("second").is_file()  # nothing is deleted


def test_what_was_learnt_from_another_base_isnt_served(versions):
    pretend(versions, "first", "of before", base="of before")
    assert versions.served == versions.base


def test_a_pointer_to_nowhere_or_of_nonsense_is_said_in_a_sentence(versions):
    pretend(versions, "first", "base")
    versions.path("first").unlink()
    with pytest.raises(VersionError, match="isn't whole"):
        _ = versions.served
    for nonsense in ("", "[]", '{"version": "first"}'):
        (versions.folder / "digits.served").write_text(nonsense)
        with pytest.raises(VersionError, match="delete it"):
            _ = versions.served


def test_a_missing_parent_is_said_in_a_sentence(versions):
    pretend(versions, "second", "first")
    with pytest.raises(VersionError, match="first, its parent, isn't in"):
        versions.back()


def test_the_folder_is_the_one_that_is_named_or_of_the_users_data(monkeypatch, tmp_path):
    monkeypatch.setenv("LEARNT_MODELS", str(tmp_path))
    assert learnt_folder() == tmp_path
    monkeypatch.delenv("LEARNT_MODELS")
    assert learnt_folder().parts[-2:] == ("handwritten-digit-recognition", "models")


@pytest.mark.slow
def test_an_adopted_model_is_served_and_another_kept_aside(versions):
    model = keras.models.load_model(versions.base)
    aside = versions.keep(model, adopted=False, objections=["it forgets"])
    assert versions.served == versions.base
    assert (versions.folder / ASIDE / f"{aside['version']}.tflite").is_file()
    facts = versions.keep(model, adopted=True, lessons={"n": 3})
    assert versions.served == versions.path(facts["version"])
    assert facts["parent"] == facts["base"] == read_facts(versions.base)["version"]
    assert facts["lean"]["source_sha256"] == facts["sha256"]
    assert sorted(path.suffix for path in versions.folder.iterdir()) == [
        "",
        ".json",
        ".keras",
        ".served",
        ".tflite",
    ]
