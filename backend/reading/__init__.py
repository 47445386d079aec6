"""From pixels or a picture to an answer, without a server."""
