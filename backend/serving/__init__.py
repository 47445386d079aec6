"""How the API runs: its configuration, its processes, and what they count and log."""
