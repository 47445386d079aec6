"""Reading with the cores of a Ray cluster, by Ray Data: an actor a core, each with its own classifier."""

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

    As many actors read as there are cores, also such as join later. What a lost node was reading is read
    again elsewhere. Of pictures only their addresses pass through here, so every node must reach them.
    """
    import ray.data

    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False  # whoever asks shows one of pictures
    read = ray.data.from_arrow([as_table(part) for part in parts]).map_batches(
        Reader,
        fn_constructor_args=(task,),
        batch_size=None,  # a part
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=min(cores, len(parts)), max_size=len(parts)),
        num_cpus=1,
    )
    yield from read.iter_batches(batch_size=None, batch_format="pyarrow")
