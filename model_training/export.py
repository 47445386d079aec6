"""The lean copy (LiteRT) of a Keras model, which answers without Keras and TensorFlow.

`python -m model_training.export [MODEL.keras]` writes it beside the model and its checksum into the model's
facts. With `--to FILE` it is written there, and the facts are left alone: so a server converts a model that
has no lean copy, in a process of its own.
"""

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from ai_edge_litert.interpreter import Interpreter

from model_training.alphabets import DIGITS
from model_training.framing import FULL_INK, SIDE
from model_training.model_file import MODEL_PATH, write_facts
from model_training.network import IS_DIGIT, PROBABILITIES

INPUT = (None, SIDE, SIDE, 1)
SHOWN = re.compile(r"(block\d+)_pool|(head)_relu")  # layers whose activations are outputs too
TOLERANCE = 1e-4  # of a probability; of an activation it is ten times that, of the layer's largest
CHECKED = 64  # images
RANDOM = np.random.default_rng(0)
# From dense to sparse: what is checked must not be the same answer 64 times.
NOISE = RANDOM.integers(0, FULL_INK + 1, (CHECKED, SIDE, SIDE, 1)) * (
    RANDOM.random((CHECKED, SIDE, SIDE, 1)) > np.linspace(0, 0.95, CHECKED)[:, None, None, None]
)
REFUSED = 3  # the exit code where the model is to blame; the last line of standard output says why


class ExportError(Exception):
    """A model that can't be served; the message is a part of a sentence about the model."""


def convert(keras_path: Path, tflite_path: Path) -> None:
    """Write the lean copy of the model at `keras_path` to `tflite_path`, checked against the model.

    Its outputs are "probabilities", "is_digit" if the model has an output that says whether it is a character
    of its alphabet (whichever that is), and the activations of each block ("block1", ...) and of the "head"
    if it has layers of those names.

    Raises ExportError if the model isn't of the served shape, or the copy's outputs differ.
    """
    try:
        model = keras.models.load_model(keras_path, compile=False, safe_mode=True)
    except Exception as error:
        raise ExportError(f"can't be read ({str(error).splitlines()[0][:200]})") from error
    outputs = _answers_of(model, len(_labels(keras_path)))
    lean = keras.Model(model.inputs, outputs | _shown_layers(model))
    expected = lean.predict(NOISE.astype(np.float32), verbose=0)
    _check_probabilities(expected)
    lean.export(tflite_path, format="litert", verbose=False)
    found = _run(tflite_path)
    for name, values in expected.items():
        tolerance = TOLERANCE if name in outputs else 10 * TOLERANCE * np.abs(values).max()
        difference = np.abs(found[name] - values).max()
        if not difference <= tolerance:
            raise ExportError(f"and its lean copy differ by {difference:.2g} in {name}")


def write_lean(keras_path: Path = MODEL_PATH) -> dict:
    """Write the lean copy of the model beside it, and into its facts; return the facts.

    "lean" in the facts says of which model it is a copy, what its file's sha256 is, and how large it is.

    Raises ExportError as `convert` does, and if the facts beside the model are missing or another's.
    """
    facts = _facts(keras_path)
    source = _sha256(keras_path)
    if facts.get("sha256") != source:
        raise ExportError(f"is not the one that {keras_path.stem}.json describes (its sha256 differs)")
    tflite_path = keras_path.with_suffix(".tflite")
    with tempfile.TemporaryDirectory(dir=keras_path.parent) as folder:
        partial = Path(folder) / tflite_path.name
        convert(keras_path, partial)
        facts["lean"] = {
            "source_sha256": source,
            "sha256": _sha256(partial),
            "size_bytes": partial.stat().st_size,
        }
        partial.replace(tflite_path)
    write_facts(keras_path, facts)
    return facts


def _facts(keras_path: Path) -> dict:
    try:
        facts = json.loads(keras_path.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        facts = None
    return facts if isinstance(facts, dict) else {}


def _labels(keras_path: Path) -> Sequence[str]:
    return _facts(keras_path).get("labels", DIGITS.labels)


def _answers_of(model: keras.Model, labels: int) -> dict[str, keras.KerasTensor]:
    names = {(None, labels): PROBABILITIES, (None, 1): IS_DIGIT}  # the second may be missing
    outputs = {names.get(tuple(output.shape), ""): output for output in model.outputs}
    known = PROBABILITIES in outputs and "" not in outputs and len(outputs) == len(model.outputs)
    if model.input_shape != INPUT or not known:
        raise ExportError(
            f"takes {model.input_shape} and gives {model.output_shape}, not {INPUT} and (None, {labels}), "
            "alone or with (None, 1)"
        )
    return outputs


def _shown_layers(model: keras.Model) -> dict[str, keras.KerasTensor]:
    matches = [SHOWN.fullmatch(layer.name) for layer in model.layers]
    return {match[1] or match[2]: model.get_layer(match[0]).output for match in matches if match}


def _check_probabilities(outputs: dict[str, np.ndarray]) -> None:
    if not np.allclose(outputs[PROBABILITIES].sum(axis=1), 1, atol=1e-3):
        raise ExportError("gives numbers that are no probabilities (they must sum to 1)")
    if IS_DIGIT in outputs and not np.all(np.abs(outputs[IS_DIGIT] - 0.5) <= 0.5):
        raise ExportError("gives a number that is no probability (it must lie in 0..1)")


def _run(tflite_path: Path) -> dict[str, np.ndarray]:
    """What the lean copy makes of NOISE, by output."""
    interpreter = Interpreter(model_path=str(tflite_path), num_threads=1)
    outputs = interpreter.get_signature_runner().get_output_details()
    entrance = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(entrance, NOISE.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(entrance, NOISE.astype(np.float32))
    interpreter.invoke()
    return {name: interpreter.get_tensor(output["index"]) for name, output in outputs.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Export a model; return 3 if it can't be, and say why in the last line of standard output."""
    parser = argparse.ArgumentParser(prog="python -m model_training.export", description=__doc__)
    parser.add_argument("model", nargs="?", type=Path, default=MODEL_PATH, metavar="MODEL.keras")
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to; the facts are left alone")
    options = parser.parse_args(arguments)
    try:
        if options.to:
            convert(options.model, options.to)
        else:
            lean = write_lean(options.model)["lean"]
            print(f"{options.model.with_suffix('.tflite')}: {lean['size_bytes']:,} bytes")
    except ExportError as error:
        print(error if options.to else f"The model {options.model} {error}.")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
