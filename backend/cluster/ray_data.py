"""Reading with the cores of a Ray cluster, by Ray Data: a process a core, each with a classifier."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from backend.cluster.rows import Reader, Task, as_table
from backend.cluster.sources import Picture


class NoClusterError(Exception):
    """There is no cluster at the address, or none was started here."""


def connect(address: str | None) -> int:
    """Connect to the cluster at `address`, else at RAY_ADDRESS or on this machine; return its cores.

    Raises ImportError without Ray, NoClusterError where there is no such cluster.
    """
    import ray

    try:
        ray.init(address=address or "auto", ignore_reinit_error=True, log_to_driver=False)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise NoClusterError(str(error)) from None
    return int(ray.cluster_resources().get("CPU", 0))


def read_by_ray(parts: Sequence[Sequence[Picture]], task: Task) -> Iterator[pa.Table]:
    """Yield the rows of each of `parts`, as they come, read by the cluster that this process is connected to.

    A core reads a part at a time, also of nodes that join later. What a lost node was reading is read again
    elsewhere. Of pictures only their addresses pass through here, so every node must reach them.
    """
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False  # whoever asks shows one of pictures
    read = ray.data.from_arrow([as_table(part) for part in parts]).map_batches(
        read_part,  # type: ignore[arg-type]  # it is handed `fn_args` too
        fn_args=(task,),
        batch_size=None,  # a part
        batch_format="pyarrow",
        num_cpus=1,
        max_retries=-1,  # however many nodes are lost
    )
    yield from read.iter_batches(batch_size=None, batch_format="pyarrow")


def read_part(batch: pa.Table, task: Task) -> pa.Table:
    """Return the rows of the pictures in `batch`; the classifier stays with the process for its next part.

    (Where a node is lost, actors would wait for a core of their own to be free before they go on.)
    """
    asked = (task.model.facts["sha256"], task.numbers)
    if asked not in _readers:
        _readers.clear()
        _readers[asked] = Reader(task)
    return _readers[asked](batch)


_readers: dict[tuple[str, bool], Reader] = {}
