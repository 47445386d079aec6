"""Photographs of digits are read under every condition, and paper without writing is not."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from backend.evaluation.photographs import CONDITIONS, UNSEEN, Scene, holes, photograph
from backend.evaluation.pictures import (
    GOALS,
    MARKERS,
    TUNED,
    UNTUNED,
    Figures,
    as_table,
    main,
    missed_goals,
    write_table,
)
from backend.reading.classifier import GraphClassifier
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import STROKES, strokes_of

pytestmark = pytest.mark.slow

MOST = ReadingSettings.max_picture_memory
FEW = {"4,000 px": (2, 7)}  # large ones take long to make
# Eight shapes drawn in code, so a miss is an eighth: fewer right is no accident.
LEAST = {name: 0.75 for name in CONDITIONS} | {name: 0.6 for name in UNSEEN}


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


@pytest.fixture(scope="module")
def shares():
    return {}


@pytest.mark.parametrize("name", LEAST)
def test_digits_are_read_under_every_condition(classifier, shares, name):
    right = []
    for digit in FEW.get(name, STROKES):
        rng = np.random.default_rng([4, digit])
        content = photograph((CONDITIONS | UNSEEN)[name](rng), strokes_of(digit), rng)
        prediction, _, _ = predict_picture(content, MOST, classifier)
        right.append(prediction["digit"] == digit)
    shares[name] = np.mean(right)
    assert shares[name] >= LEAST[name], right


def test_nearly_all_are_read(shares):
    if len(shares) < len(LEAST):
        pytest.skip("needs the conditions before it")
    assert np.mean(list(shares.values())) > 0.95


@pytest.mark.parametrize("name", ["clean scan, dark on light", "blur", "sensor noise", "pencil"])
def test_paper_without_writing_has_no_ink(name):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        scene = replace(CONDITIONS[name](rng), opacity=(0, 0))
        assert not picture_to_ink(photograph(scene, strokes_of(1), rng), MOST).levels.any()


def test_photographs_are_what_they_are_called():
    rng = np.random.default_rng(0)

    def opened(scene):
        return Image.open(BytesIO(photograph(scene, strokes_of(4), rng)))

    assert opened(CONDITIONS["64 px"](rng)).size == (64, 64)
    assert opened(CONDITIONS["transparent, dark ink"](rng)).mode == "RGBA"
    turned = opened(Scene(orientation=6, quality=80))
    assert (turned.size, turned.getexif()[0x0112]) == ((480, 640), 6)
    dark, light = (np.array(opened(scene).convert("L")) for scene in (Scene(), Scene(shadow=0.5)))
    assert np.median(light) < np.median(dark)
    assert np.asarray(opened(Scene(around=holes)).convert("L"))[:, 32].min() < 80


def test_photographs_are_the_same_each_time():
    contents = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        contents.append(photograph(CONDITIONS["all at once"](rng), strokes_of(3), rng))
    assert contents[0] == contents[1]


def figures(name, right, refused=0, surely_wrong=0):
    return Figures(name, 200, right, refused, surely_wrong)


def test_goals_are_missed_by_name():
    met = [figures(name, 198) for name in TUNED]
    assert missed_goals(met) == []
    scan, other = "clean scan, light on dark", "pencil"
    missed = missed_goals([figures(each.name, {scan: 195, other: 179}.get(each.name, 198)) for each in met])
    assert [sentence.split(":")[0] for sentence in missed] == [scan, other]
    assert "the mean, 95.0%" in missed_goals([figures(name, 190) for name in TUNED])[-1]
    # What was never tuned on is reported, and no goal.
    assert missed_goals([*met, figures(UNTUNED[0], 100)]) == []
    # But to be wrong and sure is forbidden anywhere.
    assert "wrong and sure" in missed_goals([*met, figures(UNTUNED[0], 0, 0, 199)])[0]
    assert GOALS["mean"] == 0.96


def test_the_table_says_accuracy_uncertainty_and_refusals(tmp_path):
    table = as_table([figures("pencil", 190, 6, 2), figures("crumpled paper", 100)], "model-1")
    assert "| pencil | 95.0% | 91.0% to 97.3% | 6 | 2 |" in table
    assert "**mean of those never tuned on** | **50.0%**" in table
    document = tmp_path / "photographs.md"
    document.write_text(f"before\n{MARKERS[0]}\nold\n{MARKERS[1]}\nafter\n")
    for _ in range(2):
        write_table(document, table)
    written = document.read_text()
    assert written.startswith("before\n")
    assert written.endswith("\nafter\n")
    assert written.count(table) == 1
    assert "old" not in written


def test_a_missing_model_is_said_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("MODEL_PATH", "/nowhere/digit_cnn.keras")
    monkeypatch.setattr("backend.evaluation.pictures._digits", list)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: There is no model at /nowhere/digit_cnn.json")
    assert "make train" in said
