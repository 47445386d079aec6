"""The REST API: pixels or a picture in, the digit and its probabilities out."""
