"""`python -m backend` serves the API."""

import sys

from backend.serving.server import main

sys.exit(main())
