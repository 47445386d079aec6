"""How the model learns, and what its input means."""
