"""Training the network that reads whole lines, on strings set together from training digits.

`python -m model_training.train_strings` writes `models/string_cnn.tflite` and the facts about it. First only
what reads along a line learns: what the digit model's convolutions make of the strings is computed once. Then
they learn too, of more strings, and of lines out of pictures where there are some
(`python -m backend.evaluation.picture_lines` and `middle_lines`). An interrupted run goes on behind what it
has written, and behind its last whole round.
"""

import argparse
import dataclasses
import hashlib
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training.alphabets import DIGITS
from model_training.datasets import DataUnavailableError, Drawing, Images
from model_training.model_file import MODEL_PATH, read_facts, write_facts
from model_training.string_data import (
    Strings,
    StringWriter,
    training_letters,
    training_people,
    write_strings,
)
from model_training.string_network import BLANK, build_eyes, build_reader, one_network, served
from model_training.train import WORK_FOLDER

OUTPUT = MODEL_PATH.with_name("string_cnn.tflite")
MEASURED = 1_000  # strings by other combinations of the same people's digits, that the figures are of
PART = 1_000  # strings that one process writes at a time

Arrays = dict[str, np.ndarray]  # of strings of one width


@dataclass(frozen=True)
class StringRecipe:
    """How the network is trained."""

    strings: int = 40_000
    rounds: int = 6  # in each of which every string is shown once
    by_place: int = 3  # of the rounds, the first, in which it is told where each digit is; then CTC finds out
    whole_strings: int = 800_000  # more of them, of which its convolutions learn too
    letter_lines: int = 30_000  # beside them, on which it is to read nothing
    picture_lines: int = 0
    whole_rounds: int = 3
    batch: int = 32
    learning_rate: float = 2e-3
    whole_learning_rate: float = 1e-3
    whole_batch: int = 64
    dropout: float = 0.2
    precision: str = "float32"  # while all of it learns; "mixed_bfloat16" is faster where processors have it
    seed: int = 4


def see_strings(recipe: StringRecipe, folder: Path) -> list[dict[str, np.ndarray]]:
    """Return what the digit model's convolutions see of the recipe's strings, kept in `folder`.

    Strings of one width are together: "seen" (n, 4, columns, 96) float16, "labels" and "places" as `Strings`.
    Raises DataUnavailableError without the data.
    """
    kept = folder / "seen.npz"
    if not kept.exists():
        eyes = build_eyes(keras.models.load_model(MODEL_PATH, compile=False))
        strings = written(recipe.strings, recipe.seed, folder / "strings.npz")
        for of_width in strings:
            lines = of_width.pop("lines")
            seen = [
                eyes.predict_on_batch(lines[at : at + 64, ..., None].astype(np.float32))
                for at in range(0, len(lines), 64)
            ]
            of_width["seen"] = np.concatenate(seen).astype(np.float16)
        _keep(strings, kept)
    return _kept(kept)


def written(count: int, seed: int, kept: Path, people: Callable = training_people) -> list[Arrays]:
    """Return `count` strings by those who are trained on, kept in the file `kept`.

    Those of one width are together: "lines", "labels" and "places" as `Strings`. The machine's cores share
    the work. `people` returns what a StringWriter takes. Raises DataUnavailableError without the data.
    """
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        source = people()
        parts = [(source, min(PART, count - at), (seed, at)) for at in range(0, count, PART)]
        by_width: dict[int, list[Strings]] = defaultdict(list)
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for part in tqdm(processes.map(_write, parts), total=len(parts), desc="strings"):
                for strings in part:
                    by_width[strings.lines.shape[2]].append(strings)
        _keep(
            [
                {
                    name: np.concatenate([vars(part)[name] for part in by_width[width]])
                    for name in vars(by_width[width][0])
                }
                for width in sorted(by_width)
            ],
            kept,
        )
    return _kept(kept)


def _write(
    part: tuple[tuple[Images | None, list[Drawing], list[Drawing]], int, tuple[int, int]],
) -> list[Strings]:
    source, count, seed = part
    return write_strings(StringWriter(*source, seed), count)


def _keep(strings: list[Arrays], path: Path) -> None:
    """Write the file whole, or not at all."""
    partial = path.with_name("partial.npz")
    arrays = {f"{name} {index}": array for index, each in enumerate(strings) for name, array in each.items()}
    np.savez(partial, **arrays)  # type: ignore[arg-type]
    partial.replace(path)


def _kept(path: Path) -> list[Arrays]:
    found: dict[int, Arrays] = defaultdict(dict)
    with np.load(path) as archive:
        for key in archive.files:
            name, index = key.split()
            found[int(index)][name] = archive[key]
    return [found[index] for index in sorted(found)]


def ctc(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Connectionist temporal classification's loss, (n,): `labels`, (n, 10), are ended by blanks."""
    count = tf.shape(logits)
    return keras.ops.ctc_loss(
        tf.cast(labels, tf.int32),
        logits,
        tf.reduce_sum(tf.cast(labels < BLANK, tf.int32), axis=1),
        tf.fill([count[0]], count[1]),
        mask_index=BLANK,
    )


def by_place(places: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """The cross-entropy, (n,), of the digit at each of `places`, (n, places); 10 is none."""
    loss = keras.ops.sparse_categorical_crossentropy(tf.cast(places, tf.int32), logits, from_logits=True)
    return tf.reduce_sum(loss, axis=1)


def batches(
    strings: list[Arrays], shown: str, target: str, size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give every string once a round, for ever, in batches of one width."""
    while True:
        cuts = []
        for which, of_width in enumerate(strings):
            order = rng.permutation(len(of_width["labels"]))
            cuts += [(which, order[at : at + size]) for at in range(0, len(order), size)]
        for index in rng.permutation(len(cuts)):
            which, rows = cuts[index]
            yield strings[which][shown][rows], strings[which][target][rows].astype(np.int32)


def fit_reader(recipe: StringRecipe, strings: list[Arrays], folder: Path, verbose: int = 2) -> keras.Model:
    """Train what reads along a line, first by places, then by CTC; return it.

    `strings` are what the digit model's convolutions see.
    """
    keras.utils.set_random_seed(recipe.seed)
    reader = build_reader(recipe.dropout)
    rounds, fast = recipe.rounds - recipe.by_place, recipe.learning_rate
    rest = (recipe.batch, folder, verbose)
    _fit(reader, strings, ("seen", "places"), recipe.seed, recipe.by_place, (fast, 0.1 * fast), *rest)
    _fit(reader, strings, ("seen", "labels"), recipe.seed, rounds, (fast / 2, 0.01 * fast), *rest)
    return reader


def fit_whole(
    recipe: StringRecipe, reader: keras.Model, strings: list[Arrays], folder: Path, verbose: int = 2
) -> keras.Model:
    """Train the digit model's convolutions and `reader` together, by CTC; return them as one: ink -> logits.

    `strings` are lines, as they were written.
    """
    strings = [each | {"lines": each["lines"][..., None]} for each in strings]
    eyes = build_eyes(keras.models.load_model(MODEL_PATH, compile=False))
    in_float32 = one_network(eyes, reader)
    keras.config.set_dtype_policy(recipe.precision)
    try:
        network = one_network(
            build_eyes(keras.models.load_model(MODEL_PATH, compile=False)), build_reader(recipe.dropout)
        )
    finally:
        keras.config.set_dtype_policy("float32")
    network.set_weights(in_float32.get_weights())
    fast = recipe.whole_learning_rate
    rest = (recipe.whole_batch, folder, verbose)
    _fit(network, strings, ("lines", "labels"), recipe.seed, recipe.whole_rounds, (fast, 0.01 * fast), *rest)
    in_float32.set_weights(network.get_weights())
    return in_float32


def _fit(
    model: keras.Model,
    strings: list[Arrays],
    names: tuple[str, str],
    seed: int,
    rounds: int,
    rates: tuple[float, float],
    batch: int,
    folder: Path,
    verbose: int,
) -> None:
    """Train `model` for `rounds` on the arrays of `names`, from what `folder` holds of it on.

    The learning rate falls from the first of `rates` to the second.
    """
    done = folder / "-".join(names)
    weights = done.with_suffix(".weights.h5")
    if not weights.exists():
        steps = sum(-(-len(of_width["labels"]) // batch) for of_width in strings)
        schedule = keras.optimizers.schedules.CosineDecay(
            rates[0] / 20,
            steps * rounds,
            rates[1] / rates[0],
            warmup_target=rates[0],
            warmup_steps=min(100, steps),
        )
        model.compile(
            keras.optimizers.Adam(schedule, global_clipnorm=10.0),
            loss=ctc if names[1] == "labels" else by_place,
            jit_compile=False,  # it would be compiled anew for every width
        )
        rng = np.random.default_rng(seed)
        shown, target = (strings[0][name] for name in names)
        signature = (
            tf.TensorSpec((None, shown.shape[1], None, *shown.shape[3:]), shown.dtype),
            tf.TensorSpec((None, target.shape[1] if names[1] == "labels" else None), tf.int32),
        )
        stream = tf.data.Dataset.from_generator(
            lambda: batches(strings, *names, batch, rng), output_signature=signature
        )
        model.fit(
            stream.prefetch(8),
            epochs=rounds,
            steps_per_epoch=steps,
            callbacks=[
                keras.callbacks.BackupAndRestore(done.with_suffix(".backup")),
                keras.callbacks.ModelCheckpoint(
                    done.with_suffix(".latest.weights.h5"), save_weights_only=True
                ),
            ],
            verbose=verbose,
        )
        model.save_weights(weights)
    model.load_weights(weights)


def save_network(
    network: keras.Model, recipe: StringRecipe, figures: dict[str, float], output: Path = OUTPUT
) -> dict:
    """Write the network, ink -> logits, as the lean copy that is served, and its facts; return them.

    Weights are of 16 bits: half the size. Never half a file.
    """
    model = served(network)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        partial = Path(folder) / output.name
        model.export(
            partial,
            format="litert",
            verbose=False,
            optimizations=[tf.lite.Optimize.DEFAULT],
            target_spec={"supported_types": [tf.float16]},
        )
        content = partial.read_bytes()
        partial.replace(output)
    digest = hashlib.sha256(content).hexdigest()
    facts = {
        "name": model.name,
        "version": f"{datetime.now(UTC):%Y.%m.%d}-{digest[:8]}",
        "alphabet": DIGITS.name,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "sha256": digest,
        "size_bytes": len(content),
        "parameters": model.count_params(),
        "eyes_of": read_facts(MODEL_PATH)["version"],
        "recipe": dataclasses.asdict(recipe),
        "figures": figures,
    }
    write_facts(output, facts)
    return facts


def measure_network(network: keras.Model, strings: list[Arrays]) -> dict[str, float]:
    """Return how many strings `network` reads right, taking the likeliest output of each place."""
    right = count = 0
    for of_width in strings:
        lines = of_width["lines"][..., None].astype(np.float32)
        outputs = network.predict(lines, batch_size=64, verbose=0).argmax(axis=2)
        for row, labels in zip(outputs, of_width["labels"], strict=True):
            changes = row[np.concatenate([[True], row[1:] != row[:-1]])]
            right += np.array_equal(changes[changes < BLANK], labels[labels < BLANK])
            count += 1
    return {"strings": count, "right": round(right / count, 4)}


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.train_strings", description=__doc__)
    default = StringRecipe()
    for name in ("strings", "rounds", "by_place", "whole_strings", "whole_rounds", "letter_lines", "seed"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=getattr(default, name))
    parser.add_argument("--precision", choices=("float32", "mixed_bfloat16"), default=default.precision)
    parser.add_argument(
        "--pictures", type=Path, nargs="+", default=[], help="lines out of pictures, of which it learns too"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = vars(parser.parse_args(arguments))
    output, pictures = options.pop("output"), options.pop("pictures")
    out_of_pictures = [lines for path in pictures for lines in _kept(path)]
    recipe = StringRecipe(**options, picture_lines=sum(len(each["labels"]) for each in out_of_pictures))
    folder = WORK_FOLDER / f"strings-seed{recipe.seed}"
    try:
        unseen = written(MEASURED, recipe.seed + 1, folder / "unseen.npz")
        reader = fit_reader(recipe, see_strings(recipe, folder), folder)
        strings = written(recipe.whole_strings, recipe.seed + 2, folder / "whole.npz")
        strings += written(recipe.letter_lines, recipe.seed + 3, folder / "letters.npz", training_letters)
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    network = fit_whole(recipe, reader, strings + out_of_pictures, folder)
    facts = save_network(network, recipe, measure_network(network, unseen), output)
    shutil.rmtree(folder)
    print(f"Saved {output} ({facts['size_bytes']:,} bytes): {facts['figures']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
