"""Models that look as if they had learnt something, for tests of the server, which makes none itself."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from backend.reading.settings import REPOSITORY, ReadingSettings

SHIPPED = ReadingSettings.model_path
FACTS = json.loads(SHIPPED.with_suffix(".json").read_text())
# Whatever was read as a nought is read as a one, and the other way round.
EXCHANGE = """
import json, sys
from pathlib import Path
import keras
from model_training.export import write_lean
from model_training.model_file import save_model
shipped, path = map(Path, sys.argv[1:])
model = keras.models.load_model(shipped)
layer = model.get_layer("logits")
layer.set_weights([weights[..., [1, 0, *range(2, 10)]] for weights in layer.get_weights()])
facts = json.loads(shipped.with_suffix(".json").read_text())
save_model(model, path, refusal=facts["refusal"], parent=facts["version"], base=facts["version"])
write_lean(path)
"""


def exchanged_model(folder: Path) -> Path:
    """A whole model, other than the shipped one, to which 0 is 1 and 1 is 0; its `.keras` in `folder`."""
    path = folder / "exchanged.keras"
    command = [sys.executable, "-c", EXCHANGE, str(SHIPPED), str(path)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return path


def put(folder: Path, version: str, source: Path = SHIPPED, **facts) -> None:
    """Put a copy of the model at `source` into `folder` as the learnt version so named."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in (".keras", ".tflite"):
        shutil.copy(source.with_suffix(suffix), folder / f"{version}{suffix}")
    own = json.loads(source.with_suffix(".json").read_text())
    learnt = {"parent": FACTS["version"], "base": FACTS["version"], "version": version, **facts}
    (folder / f"{version}.json").write_text(json.dumps(own | learnt))


def point_to(folder: Path, version: str | None, base: str = FACTS["version"]) -> None:
    """Have the learnt version be served, as learning does; None for the base."""
    pointer = folder / "digits.served"
    if version is None:
        pointer.unlink()
        return
    partial = folder / "partial"
    partial.write_text(json.dumps({"version": version, "base": base}))
    partial.replace(pointer)
