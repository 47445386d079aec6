"""How fast the server is, measured against the usual way in the same run."""
