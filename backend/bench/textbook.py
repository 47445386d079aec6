"""The textbook handler, to compare with: `model.predict` a request under Flask's own server."""

import sys

import keras
import numpy as np
from flask import Flask, jsonify, request


def create_textbook_app(model_path: str) -> Flask:
    """Return the app that tutorials write: the Keras model, called once a request."""
    app = Flask("textbook")
    model = keras.models.load_model(model_path)

    @app.post("/predict")
    def predict():
        pixels = np.array(request.get_json()["pixels"], dtype="float32")
        answer = model.predict(pixels.reshape(1, 28, 28, 1), verbose=0)
        probabilities = answer["probabilities"][0]
        digit = int(np.argmax(probabilities))
        return jsonify(
            digit=digit, confidence=float(probabilities[digit]), probabilities=probabilities.tolist()
        )

    return app


if __name__ == "__main__":
    create_textbook_app(sys.argv[1]).run(port=int(sys.argv[2]))
