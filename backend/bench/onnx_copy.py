"""`python -m backend.bench.onnx_copy MODEL.keras MODEL.onnx` exports a model for servers that run ONNX."""

import sys

import keras
import numpy as np

if __name__ == "__main__":
    model = keras.models.load_model(sys.argv[1])
    model(np.zeros((1, 28, 28, 1), np.float32))  # Keras exports what was called once
    model.export(sys.argv[2], format="onnx", verbose=False)
