"""Training: from data to a saved model.

`python -m model_training.train` trains from the command line, with `--alphabet letters` the model of letters;
`02_train_cnn.ipynb` calls the same functions a step at a time.
"""

import argparse
import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path

import keras

from model_training import evaluate, refusal
from model_training.alphabets import ALPHABETS, DIGITS, LETTERS, Alphabet
from model_training.augmentation import Augmentation
from model_training.conv_muon import ConvMuon
from model_training.datasets import DataUnavailableError
from model_training.devices import strategy, worker
from model_training.export import write_lean
from model_training.fitting import best_epoch, fit, is_whole, read_history
from model_training.model_file import model_path, save_model
from model_training.recipes import MILD, OF_ALPHABET, RECIPES, Recipe
from model_training.sources import Sources, load_sources
from model_training.training_data import TrainingData, prepare_data

TEST_SETS = ("mnist_test", "emnist_test")
# The facts of a run that hold for what is made of its model later on, too.
OF_THE_RUN = ("recipe", "commit", "whole", "training_seconds", "best_epoch", "history")
# Checkpoints; a run can be resumed from here.
WORK_FOLDER = Path(os.environ.get("WORK_FOLDER", Path(__file__).parent.parent / "build" / "train"))


def train(
    recipe: Recipe, output: Path | None = None, folder: Path | None = None, alphabet: Alphabet = DIGITS
) -> dict:
    """Train, calibrate, save and evaluate a model of `alphabet`; return the facts written beside it.

    An interrupted run leaves the best model so far, and the same call resumes it. Of a run that is spread
    over several processes (`devices.py`) the first one saves, and the others return no facts.
    """
    folder = folder or folder_of(recipe, alphabet)
    sources = load_sources(alphabet)
    data = prepare_data(recipe, sources)
    model = fit(data, recipe, folder)
    if worker():
        return {}
    model, chosen = calibrated(model, data)
    temperature = chosen.pop("temperature")
    return save(model, data, sources, recipe, folder, temperature, output, **chosen)


def calibrated(model: keras.Model, data: TrainingData) -> tuple[keras.Model, dict[str, float]]:
    """Return `model` calibrated by the validation characters, and what they chose, for the facts."""
    chosen = {}
    if data.alphabet is LETTERS:
        by_kind = data.validation_by_kind
        model, chosen["l_shift"] = evaluate.weigh_cases(
            model, by_kind["capitals_collections"], by_kind["small_collections"]
        )
    model, temperature = evaluate.calibrate(model, data.validation_characters)
    return model, {**chosen, "temperature": round(temperature, 4)}


def folder_of(recipe: Recipe, alphabet: Alphabet = DIGITS) -> Path:
    """Where a run of the recipe keeps its checkpoints until it is whole."""
    of_worker = f"-worker{worker()}" if worker() else ""
    return WORK_FOLDER / f"{alphabet.name}-{recipe.name}-seed{recipe.seed}{of_worker}"


def save(
    model: keras.Model,
    data: TrainingData,
    sources: Sources,
    recipe: Recipe,
    folder: Path,
    temperature: float,
    output: Path | None = None,
    **chosen: float,
) -> dict:
    """Save a calibrated model, its lean copy and its facts, measured here; return the facts.

    `output` is the shipped model's path if None; what else was `chosen` by validation goes into the facts.
    A whole run's folder is deleted.

    The scanned test set is touched once, after everything is chosen: not yet if the run in `folder` can
    still be resumed.
    """
    alphabet = data.alphabet
    output = output or model_path(alphabet)
    whole = is_whole(folder, recipe)
    history = read_history(folder)
    save_model(
        model,
        output,
        alphabet,
        recipe={
            **dataclasses.asdict(recipe),
            "optimizer": ConvMuon.__name__,
            "augmentation": dataclasses.asdict(Augmentation()),
            "mild": dataclasses.asdict(MILD),
        },
        commit=commit(),
        whole=whole,
        training_seconds=round(sum(history["seconds"])),
        best_epoch=best_epoch(folder),
        history=history,
        temperature=round(temperature, 4),
        **chosen,
        **measured(model, data, sources.limited(recipe.images, recipe.seed), test=whole),
    )
    facts = write_lean(output)
    if whole:
        shutil.rmtree(folder)
    return facts


def measured(model: keras.Model, data: TrainingData, sources: Sources, test: bool = True) -> dict:
    """The facts that are measured of a calibrated model, its threshold for a refusal first.

    `sources` are those that `data` was made of; without `test` the scanned test set isn't touched.
    """
    sets = evaluate.evaluation_sets(sources)
    if not test:
        sets = {name: images for name, images in sets.items() if name not in TEST_SETS}
    threshold = refusal.choose_threshold(
        {kind: refusal.scores(model, images.images) for kind, images in data.validation_by_kind.items()},
        data.alphabet,
    )
    of_each_kind = min(500, max(20, len(data.negatives) // 10))
    return {
        "figures": evaluate.measure(model, sets, threshold),
        "styles": evaluate.measure_styles(model, sources, threshold),
        **_pairs(model, sources),
        "refusal": refusal.measure(model, threshold, refusal.refusal_sets(sets, sources, of_each_kind)),
    }


def _pairs(model: keras.Model, sources: Sources) -> dict:
    """Which letters are taken for one another; digits' confusions are few, and in the notebooks."""
    if sources.alphabet is DIGITS:
        return {}
    return {"pairs": evaluate.confused_pairs(model, sources.strangers.collections, sources.alphabet)}


def commit() -> str | None:
    """The commit of this code, with "-dirty" if it was changed since; None where Git can't tell."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--match="]
    try:
        told = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.train", description=__doc__)
    parser.add_argument("--alphabet", choices=ALPHABETS, default=DIGITS.name)
    parser.add_argument(
        "--recipe", choices=RECIPES, default="notebook", help="default: notebook (under 10 minutes)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="about a hundred steps on a subset, to try it out"
    )
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--output", type=Path, help="default: the shipped model of the alphabet")
    options = parser.parse_args(arguments)
    alphabet = ALPHABETS[options.alphabet]
    output = options.output or model_path(alphabet)
    if output.suffix != ".keras":
        parser.error(f"--output must end in .keras, got {output}")
    changes = {
        name: value
        for name in ("epochs", "batch_size", "seed")
        if (value := getattr(options, name)) is not None
    }
    if min([1, *(changes[name] for name in ("epochs", "batch_size") if name in changes)]) < 1:
        parser.error("--epochs and --batch-size must be at least 1")
    recipes = OF_ALPHABET[alphabet.name]
    recipe = dataclasses.replace(recipes["quick" if options.quick else options.recipe], **changes)
    strategy()  # before anything else is asked of TensorFlow
    try:
        facts = train(recipe, output, alphabet=alphabet)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted before the first epoch ended: nothing was saved.", file=sys.stderr)
        return 130
    if not facts:
        print("Trained: the run's first process saves the model.")
        return 0
    print(f"Saved {output} ({facts['parameters']:,} parameters).")
    evaluate.print_figures(facts["figures"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
