"""The database of corrections: what people said their drawings were meant to be."""
