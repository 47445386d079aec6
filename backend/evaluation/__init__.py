"""How well pictures are read: photographs are made from pen strokes, and their digits read."""
