"""Several seeds of one recipe: the mean and spread of what they reach, recorded with the shipped model.

`python -m model_training.seeds A.json B.json C.json` reads the facts of models that
`02_train_cnn.ipynb` or `python -m model_training.train --seed N --output FILE` saved.
"""

import argparse
import statistics
import sys
from pathlib import Path

from model_training.model_file import MODEL_PATH, read_facts, write_facts


def summarise(runs: list[dict]) -> dict:
    """Return mean, standard deviation and each run's accuracy on every set, and how long they took.

    Raises ValueError for fewer than two runs, runs that didn't end, of the same seed, or of different
    recipes.
    """
    recipes = [{k: v for k, v in run["recipe"].items() if k != "seed"} for run in runs]
    seeds = [run["recipe"]["seed"] for run in runs]
    if len(runs) < 2 or len(set(seeds)) < len(seeds):
        raise ValueError(f"expected two or more runs of different seeds, got the seeds {seeds}")
    if any(recipe != recipes[0] for recipe in recipes) or not all(run["whole"] for run in runs):
        raise ValueError("expected whole runs of one recipe: their facts differ, or a run was interrupted")
    accuracies = {name: [run["figures"][name]["accuracy"] for run in runs] for name in runs[0]["figures"]}
    return {
        "recipe": recipes[0],
        "commit": runs[0]["commit"],
        "seeds": seeds,
        "training_seconds": [run["training_seconds"] for run in runs],
        "accuracy": {
            name: {
                "mean": round(statistics.mean(values), 5),
                "deviation": round(statistics.stdev(values), 5),
                "runs": values,
            }
            for name, values in accuracies.items()
        },
    }


def main(arguments: list[str] | None = None) -> int:
    """Summarise from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.seeds", description=__doc__)
    parser.add_argument("facts", nargs="+", type=Path, help="the .json beside each model")
    parser.add_argument("--model", type=Path, default=MODEL_PATH, help="whose facts are to hold it")
    options = parser.parse_args(arguments)
    try:
        summary = summarise([read_facts(path) for path in options.facts])
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    name = f"{summary['recipe']['name']}_recipe"
    write_facts(options.model, {**read_facts(options.model), name: summary})
    for of, accuracy in summary["accuracy"].items():
        print(f"{of:24}{accuracy['mean']:9.2%} ± {accuracy['deviation']:.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
