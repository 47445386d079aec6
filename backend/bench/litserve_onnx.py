"""The same network under LitServe and ONNX Runtime, to compare with.

`python -m backend.bench.litserve_onnx MODEL.onnx PORT WORKERS` serves it.
"""

import sys

import litserve
import numpy as np
import onnxruntime


class Digits(litserve.LitAPI):
    """The API as LitServe's documents show one."""

    def setup(self, device: str) -> None:
        """Load the model, once in each worker."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
        (self.pixels,) = (each.name for each in self.session.get_inputs())

    def predict(self, request: dict) -> dict:
        """Return the answer to one decoded request."""
        array = np.array(request["pixels"], np.float32).reshape(1, 28, 28, 1)
        (probabilities,) = self.session.run(["probabilities"], {self.pixels: array})[0]
        digit = int(np.argmax(probabilities))
        return {
            "digit": digit,
            "confidence": float(probabilities[digit]),
            "probabilities": probabilities.tolist(),
        }


if __name__ == "__main__":
    server = litserve.LitServer(Digits(), accelerator="cpu", workers_per_device=int(sys.argv[3]))
    server.run(port=int(sys.argv[2]), generate_client_file=False, log_level="error", access_log=False)
