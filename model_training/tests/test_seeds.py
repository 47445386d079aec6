import json

import pytest

from model_training import seeds


def run(seed, accuracy, whole=True, **recipe):
    return {
        "recipe": {"name": "notebook", "seed": seed, "epochs": 6, **recipe},
        "commit": "abc",
        "whole": whole,
        "training_seconds": 400 + seed,
        "figures": {"mnist_test": {"accuracy": accuracy}},
    }


def test_mean_and_deviation_of_several_seeds():
    summary = seeds.summarise([run(1, 0.995), run(2, 0.996), run(3, 0.997)])
    assert summary["accuracy"]["mnist_test"] == {
        "mean": 0.996,
        "deviation": 0.001,
        "runs": [0.995, 0.996, 0.997],
    }
    assert summary["seeds"] == [1, 2, 3]
    assert summary["training_seconds"] == [401, 402, 403]
    assert "seed" not in summary["recipe"]


@pytest.mark.parametrize(
    "runs",
    [
        [run(1, 0.9)],
        [run(1, 0.9), run(1, 0.9)],
        [run(1, 0.9), run(2, 0.9, epochs=7)],
        [run(1, 0.9), run(2, 0.9, whole=False)],
    ],
)
def test_what_is_no_comparison_is_refused(runs):
    with pytest.raises(ValueError, match="expected"):
        seeds.summarise(runs)


def test_the_summary_is_recorded_beside_the_model_and_changes_nothing_else(tmp_path, capsys):
    for i in (1, 2):
        (tmp_path / f"{i}.json").write_text(json.dumps(run(i, 0.99 + i / 1000)))
    model = tmp_path / "model.keras"
    model.with_suffix(".json").write_text('{"version": "1"}')
    arguments = [str(tmp_path / "1.json"), str(tmp_path / "2.json"), f"--model={model}"]
    assert seeds.main(arguments) == 0
    facts = json.loads(model.with_suffix(".json").read_text())
    assert facts["version"] == "1"
    assert facts["notebook_recipe"]["accuracy"]["mnist_test"]["mean"] == 0.9915
    assert "mnist_test" in capsys.readouterr().out
    assert seeds.main([str(tmp_path / "none.json")]) == 1
    assert "error:" in capsys.readouterr().err
