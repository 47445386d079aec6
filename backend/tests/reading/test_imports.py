"""Reading can be used by whoever wants to, without a server and without TensorFlow."""

import pkgutil
import subprocess
import sys

from backend import reading
from backend.reading.settings import REPOSITORY

MODULES = [module.name for module in pkgutil.walk_packages(reading.__path__, "backend.reading.")]


def test_reading_loads_neither_flask_nor_tensorflow_nor_the_rooms_above_it():
    assert "backend.reading.pictures.digit" in MODULES
    code = (
        f"import sys, {', '.join(MODULES)}; "
        "loaded = {name for name in sys.modules if name.startswith(('backend.api', 'backend.serving'))}; "
        "loaded |= {'flask', 'keras', 'tensorflow'} & set(sys.modules); sys.exit(', '.join(loaded) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
