"""What people would pick today, to compare with: the same network under FastAPI and ONNX Runtime.

`python -m backend.bench.fastapi_onnx MODEL.onnx PORT WORKERS` serves it, as these libraries' documents show
it: bodies and answers are validated, nothing is logged, framed or refused.
"""

import os
import sys
from collections.abc import Awaitable, Callable

import numpy as np

MODEL = "BENCH_ONNX"  # the variable that tells the workers, which are started anew, of their model


def create_app():
    """Return the ASGI application."""
    import onnxruntime
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Image(BaseModel):
        pixels: list[float]

    class Answer(BaseModel):
        digit: int
        confidence: float
        probabilities: list[float]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # there is a worker a core
    session = onnxruntime.InferenceSession(os.environ[MODEL], options, providers=["CPUExecutionProvider"])
    (pixels,) = (each.name for each in session.get_inputs())
    app = FastAPI()

    async def predict(image: Image) -> Answer:  # on the loop: in a thread it takes longer
        array = np.array(image.pixels, np.float32).reshape(1, 28, 28, 1)
        (probabilities,) = session.run(["probabilities"], {pixels: array})[0]
        digit = int(np.argmax(probabilities))
        return Answer(
            digit=digit, confidence=float(probabilities[digit]), probabilities=probabilities.tolist()
        )

    route: Callable[[Callable[[Image], Awaitable[Answer]]], object] = app.post("/predict")
    route(predict)
    return app


if __name__ == "__main__":
    import uvicorn

    os.environ[MODEL] = sys.argv[1]
    uvicorn.run(
        "backend.bench.fastapi_onnx:create_app",
        factory=True,
        port=int(sys.argv[2]),
        workers=int(sys.argv[3]),
        access_log=False,
        log_level="error",
    )
