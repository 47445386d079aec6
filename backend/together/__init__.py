"""Rooms in which several people draw on one sheet, live: a server of its own, off unless wanted."""
