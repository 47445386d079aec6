"""The database: what people said their drawings were meant to be, and drawings shared by a short link."""
