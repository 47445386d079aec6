"""On what a run is trained: one processor, the graphics cards of this machine, or several machines."""

import functools
import json
import os
from typing import Any

import keras
import tensorflow as tf
from keras.src.backend.tensorflow import trainer

CLUSTER = "TF_CONFIG"  # TensorFlow's own variable: every process of a run, and which of them this one is


@functools.cache
def strategy() -> tf.distribute.Strategy:
    """Return how training is spread: over the processes that TF_CONFIG names, or over this machine's cards.

    With one card, or none, it is TensorFlow's default, which uses what there is. A batch is divided, so a
    recipe means the same everywhere. With TF_CONFIG it waits for the other processes; call it before anything
    else is asked of TensorFlow.
    """
    if os.environ.get(CLUSTER):
        return tf.distribute.MultiWorkerMirroredStrategy()
    if len(tf.config.list_physical_devices("GPU")) > 1:
        return tf.distribute.MirroredStrategy()
    return tf.distribute.get_strategy()


def worker() -> int:
    """Return which of a run's processes this one is: 0 is the one that saves, and any that trains alone."""
    task = json.loads(os.environ.get(CLUSTER) or "{}").get("task", {})
    return 0 if task.get("type") == "chief" else int(task.get("index", 0))


def make_ready(model: keras.Model, data: tf.data.Dataset) -> None:
    """Make all that `model.fit` needs, over however many processes; `data` has batches like those to come.

    A step that made its own variables would be traced twice, which takes seconds. And over several processes
    Keras 3.15 fails twice: at taking the mean of a batch that is a structure, to find shapes that we know,
    and at that of logs, which have no axis to take it over.
    """
    with strategy().scope():
        model._symbolic_build(data_batch=next(iter(data)))
    if not os.environ.get(CLUSTER):
        return
    model._maybe_symbolic_build = lambda **_: None

    def reduce_per_replica(values: Any, spread: tf.distribute.Strategy, reduction: str) -> Any:
        if reduction != "auto":
            return of_keras(values, spread, reduction)
        return keras.tree.map_structure(lambda value: spread.reduce("MEAN", value, axis=None), values)

    if trainer.reduce_per_replica.__module__ == trainer.__name__:
        of_keras = trainer.reduce_per_replica
        trainer.reduce_per_replica = reduce_per_replica
