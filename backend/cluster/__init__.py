"""The same reading and the same API on many machines, by Ray."""
