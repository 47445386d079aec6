"""A Ray cluster of several nodes on this machine, for tests and measurements."""

import contextlib
import inspect
import os
import socket
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

MEMORY = 128 << 20  # bytes, of a node's object store; results and addresses are small
SYSTEM = {
    # A node that is gone is noticed at once, one that is slow isn't given up.
    "health_check_period_ms": 1000,
    "health_check_failure_threshold": 15,
    "agent_register_timeout_ms": 300_000,
}
# No nodes are to be added by themselves, and nobody looks.
OF_HEAD = {"include_dashboard": False, "no_monitor": True, "include_log_monitor": False}


@contextlib.contextmanager
def local_nodes(count: int, cores: int = 1) -> Iterator[Any]:
    """Start a cluster (`ray.cluster_utils.Cluster`) of `count` nodes of `cores` each, stopped at the end.

    This process is connected to the first node, and `RAY_ADDRESS` names it for all that it starts.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # A dozen processes load the same modules: compiled once and kept, that takes a third of the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S", "120")  # it would be killed after 5 s
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster()
    try:
        with _small_agents():
            cluster.add_node(**_node(cores), **OF_HEAD, _system_config=SYSTEM)
            for _ in range(count - 1):
                cluster.add_node(wait=False, **_node(cores))
        cluster.wait_for_nodes(120)
        ray.init(address=cluster.address, log_to_driver=False)
        os.environ["RAY_ADDRESS"] = cluster.address
        yield cluster
    finally:
        os.environ.pop("RAY_ADDRESS", None)
        ray.shutdown()
        cluster.shutdown()


def _node(cores: int) -> dict[str, Any]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {"num_cpus": cores, "object_store_memory": MEMORY, "runtime_env_agent_port": port}


@contextlib.contextmanager
def _small_agents() -> Iterator[None]:
    """Start nodes whose agents have no dashboard, as where its packages aren't installed.

    And don't wait for these agents: Ray gives a node up whose agent doesn't say within 15 s that it listens
    nowhere, which on a busy machine it doesn't (https://github.com/ray-project/ray/issues/65983).
    """
    from ray import _raylet
    from ray._private import services

    start = services.start_raylet

    def start_raylet(*args: Any, **kwargs: Any) -> Any:
        given = inspect.signature(start).bind(*args, **kwargs).arguments
        for port in ("DASHBOARD_AGENT_LISTEN", "METRICS_AGENT", "METRICS_EXPORT"):
            name = getattr(_raylet, f"{port}_PORT_NAME")
            _raylet.persist_port(given["session_dir"], given["node_id"], name, -1)  # type: ignore[attr-defined]
        return start(*args, **kwargs)

    missing = ImportError("the dashboard is left out")
    with (
        patch("ray._private.utils.get_dashboard_dependency_error", return_value=missing),
        patch.object(services, "start_raylet", start_raylet),
    ):
        yield
