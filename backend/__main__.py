"""`python -m backend` serves the API."""

import sys

from backend.server import main

sys.exit(main())
