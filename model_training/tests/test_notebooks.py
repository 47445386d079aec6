import json
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from model_training.recipes import RECIPES
from model_training.tests.saved import check_saved

FOLDER = Path(__file__).parent.parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.notebooks
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_from_top_to_bottom(path, mnist, pendigits, tmp_path, monkeypatch, request):
    if path.stem == "06_letters":
        request.getfixturevalue("all_letters")  # skips where UNIPEN isn't at hand
    monkeypatch.setenv("NOTEBOOK_QUICK", "1")
    monkeypatch.setenv("MODEL_OUTPUT", str(tmp_path / "model.keras"))
    monkeypatch.setenv("WORK_FOLDER", str(tmp_path / "work"))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(FOLDER)}}).execute()
    output = tmp_path / "model.keras"
    assert output.exists() == (path.stem == "02_train_cnn")
    if output.exists():
        check_digits(output)


def check_digits(output):
    """A quick run has learnt digits, and its facts say so."""
    facts = json.loads(output.with_suffix(".json").read_text())
    check_saved(facts, output)
    figures, refusal = facts["figures"], facts["refusal"]
    few = RECIPES["quick"].images // 10
    assert figures["mnist_test"]["n"] == figures["pen_validation"]["n"] == few
    assert figures["mnist_validation"]["accuracy"] > 0.5  # five times chance
    assert refusal["digits_refused"]["pen_validation"] <= 0.02
    assert refusal["auroc"]["kinds trained on"] > 0.6  # more than chance


def test_there_are_seven_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_explore_data",
        "02_train_cnn",
        "03_evaluate",
        "04_robustness",
        "05_numbers",
        "06_letters",
        "07_learning",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_as_it_ran_and_names_no_path_of_a_machine(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert not any(o.output_type == "error" for c in cells for o in c.outputs)
    assert os.path.expanduser("~/") not in path.read_text()
