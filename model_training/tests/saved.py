"""What holds of every model that was saved after a whole run."""

import hashlib
import json
from pathlib import Path

import keras

from model_training.fused_norm import FusedBatchNormalization


def check_saved(facts: dict, output: Path) -> None:
    """Check the `facts` of a run and what it saved at `output`."""
    assert facts == json.loads(output.with_suffix(".json").read_text())
    assert facts["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert facts["whole"]
    assert facts["training_seconds"] > 0
    recipe = facts["recipe"]
    epochs = recipe["epochs"] + recipe["finish"].get("epochs", 0)
    assert 0 < facts["best_epoch"] <= len(facts["history"]["val_loss"]) <= epochs
    model = keras.models.load_model(output)
    assert model.input_shape == (None, 28, 28, 1)
    assert not any(
        isinstance(layer, FusedBatchNormalization) for layer in model.layers
    )  # trained, not served
