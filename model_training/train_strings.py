"""Training the network that reads whole lines, on strings set together from training digits.

`python -m model_training.train_strings` writes `models/string_cnn.tflite` and the facts about it. What the
digit model's convolutions make of the strings is computed once; an interrupted run goes on behind that, and
behind its last whole round.
"""

import argparse
import dataclasses
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from model_training.alphabets import DIGITS
from model_training.datasets import DataUnavailableError
from model_training.model_file import MODEL_PATH, read_facts, write_facts
from model_training.string_data import StringWriter, training_people, write_strings
from model_training.string_network import BLANK, build_eyes, build_reader, joined
from model_training.train import WORK_FOLDER

OUTPUT = MODEL_PATH.with_name("string_cnn.tflite")
MEASURED = 1_000  # strings by other combinations of the same people's digits, that the figures are of


@dataclass(frozen=True)
class StringRecipe:
    """How the network is trained."""

    strings: int = 40_000
    rounds: int = 15  # in each of which every string is shown once
    by_place: int = 3  # of the rounds, the first, in which it is told where each digit is; then CTC finds out
    batch: int = 32
    learning_rate: float = 2e-3
    dropout: float = 0.2
    seed: int = 4


def see_strings(recipe: StringRecipe, folder: Path) -> list[dict[str, np.ndarray]]:
    """Return what the digit model's convolutions see of the recipe's strings, kept in `folder`.

    Strings of one width are together: "seen" (n, 4, columns, 96) float16, "labels" and "places" as `Strings`.
    Raises DataUnavailableError without the data.
    """
    kept = folder / "strings.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        eyes = build_eyes(keras.models.load_model(MODEL_PATH, compile=False))
        writer = StringWriter(*training_people(), seed=recipe.seed)
        arrays = {}
        for index, strings in enumerate(write_strings(writer, recipe.strings, tqdm)):
            seen = [
                eyes.predict_on_batch(strings.lines[at : at + 64, ..., None].astype(np.float32))
                for at in range(0, len(strings.lines), 64)
            ]
            arrays[f"seen{index}"] = np.concatenate(seen).astype(np.float16)
            arrays[f"labels{index}"], arrays[f"places{index}"] = strings.labels, strings.places
        partial = folder / "partial.npz"
        np.savez(partial, **arrays)  # type: ignore[arg-type]
        partial.replace(kept)
    with np.load(kept) as archive:
        return [
            {name: archive[f"{name}{index}"] for name in ("seen", "labels", "places")}
            for index in range(len(archive.files) // 3)
        ]


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
    strings: list[dict[str, np.ndarray]], target: str, size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give every string once a round, for ever, in batches of one width."""
    while True:
        cuts = []
        for which, of_width in enumerate(strings):
            order = rng.permutation(len(of_width["labels"]))
            cuts += [(which, order[at : at + size]) for at in range(0, len(order), size)]
        for index in rng.permutation(len(cuts)):
            which, rows = cuts[index]
            yield strings[which]["seen"][rows], strings[which][target][rows].astype(np.int32)


def fit_reader(
    recipe: StringRecipe, strings: list[dict[str, np.ndarray]], folder: Path, verbose: int = 2
) -> keras.Model:
    """Train what reads along a line, first by places, then by CTC; return it."""
    keras.utils.set_random_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    reader = build_reader(recipe.dropout)
    steps = sum(-(-len(of_width["labels"]) // recipe.batch) for of_width in strings)
    stages = (("places", by_place, recipe.by_place), ("labels", ctc, recipe.rounds - recipe.by_place))
    for target, loss, rounds in stages:
        done = folder / f"{target}.weights.h5"
        if not done.exists():
            schedule = keras.optimizers.schedules.CosineDecay(
                recipe.learning_rate / 20,
                steps * rounds,
                0.1 if target == "places" else 0.01,
                warmup_target=recipe.learning_rate * (1 if target == "places" else 0.5),
                warmup_steps=min(100, steps),
            )
            reader.compile(
                keras.optimizers.Adam(schedule, global_clipnorm=10.0),
                loss=loss,
                jit_compile=False,  # it would be compiled anew for every width
            )
            shape = (None, strings[0][target].shape[1] if target == "labels" else None)
            signature = (
                tf.TensorSpec(
                    (None, *strings[0]["seen"].shape[1:2], None, strings[0]["seen"].shape[3]), tf.float16
                ),
                tf.TensorSpec(shape, tf.int32),
            )
            stream = tf.data.Dataset.from_generator(
                lambda target=target: batches(strings, target, recipe.batch, rng), output_signature=signature
            )
            reader.fit(
                stream.prefetch(8),
                epochs=rounds,
                steps_per_epoch=steps,
                callbacks=[
                    keras.callbacks.BackupAndRestore(folder / f"{target}-backup"),
                    keras.callbacks.ModelCheckpoint(
                        folder / f"{target}-latest.weights.h5", save_weights_only=True
                    ),
                ],
                verbose=verbose,
            )
            reader.save_weights(done)
        reader.load_weights(done)
    return reader


def save_reader(
    reader: keras.Model, recipe: StringRecipe, figures: dict[str, float], output: Path = OUTPUT
) -> dict:
    """Write the network, eyes and all, as the lean copy that is served, and its facts; return them.

    Weights are of 16 bits: half the size. Never half a file.
    """
    digit_model = keras.models.load_model(MODEL_PATH, compile=False)
    model = joined(build_eyes(digit_model), reader)
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
        "learnt_parameters": reader.count_params(),
        "eyes_of": read_facts(MODEL_PATH)["version"],
        "recipe": dataclasses.asdict(recipe),
        "figures": figures,
    }
    write_facts(output, facts)
    return facts


def measure_reader(reader: keras.Model, strings: list[dict[str, np.ndarray]]) -> dict[str, float]:
    """Return how many strings `reader` reads right, taking the likeliest output of each place."""
    right = count = 0
    for of_width in strings:
        seen = of_width["seen"].astype(np.float32)
        outputs = reader.predict(seen, batch_size=64, verbose=0).argmax(axis=2)
        for row, labels in zip(outputs, of_width["labels"], strict=True):
            changes = row[np.concatenate([[True], row[1:] != row[:-1]])]
            right += np.array_equal(changes[changes < BLANK], labels[labels < BLANK])
            count += 1
    return {"strings": count, "right": round(right / count, 4)}


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m model_training.train_strings", description=__doc__)
    default = StringRecipe()
    for name in ("strings", "rounds", "by_place", "seed"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=getattr(default, name))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = vars(parser.parse_args(arguments))
    output = options.pop("output")
    recipe = StringRecipe(**options)
    folder = WORK_FOLDER / f"strings-seed{recipe.seed}"
    try:
        strings = see_strings(recipe, folder)
        others = dataclasses.replace(recipe, strings=MEASURED, seed=recipe.seed + 1)
        unseen = see_strings(others, folder / "measured")
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    reader = fit_reader(recipe, strings, folder)
    facts = save_reader(reader, recipe, measure_reader(reader, unseen), output)
    shutil.rmtree(folder)
    print(f"Saved {output} ({facts['size_bytes']:,} bytes): {facts['figures']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
