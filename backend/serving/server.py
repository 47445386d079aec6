"""The production server: gunicorn where processes fork, waitress elsewhere."""

import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import Any, ClassVar

from backend.api.store import prepare_store
from backend.reading.free_blocks import keep_little_memory
from backend.reading.learnt_models import LiveClassifiers
from backend.reading.model_files import ModelError, ServedModel, prepare_models
from backend.serving.config import Config, ConfigError, config_from_environment
from backend.serving.limits import RateLimiter
from backend.serving.logs import configure_logs

INTERRUPTED = 128 + signal.SIGINT  # the exit code that a shell gives to what Ctrl-C stopped
SHARING_BURST = 20  # drawings that a client may share at once


def main() -> int:
    """Serve until told to stop; return the process's exit code.

    What keeps the server from starting is said in one sentence on standard error.
    """
    try:
        config = config_from_environment()
        _check_address(config)
        models = prepare_models(config, config.letters)
        configure_logs()
        prepare_store(config)
    except (ConfigError, ModelError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    if hasattr(os, "fork"):
        return serve_with_gunicorn(config, models)
    return serve_with_waitress(config, models)


def _check_address(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere the option lets two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise ConfigError(
                f"Can't listen on {config.host} port {config.port}: {error.strerror}. Stop what uses "
                f"it, or choose another with API_PORT (and API_HOST)."
            ) from None


def build(
    config: Config,
    models: Sequence[ServedModel],
    limiter: RateLimiter | None = None,
    lesson_limiter: RateLimiter | None = None,
    drawing_limiter: RateLimiter | None = None,
) -> Any:
    """Return the WSGI application with its classifiers loaded, in this very process."""
    from backend.reading.threads import compute_on_one_thread
    from backend.reading.warm_up import warm_up
    from backend.serving.assembly import assemble
    from backend.serving.batch_process import BatchProcess

    compute_on_one_thread()  # there is a worker a core
    keep_little_memory()
    configure_logs()
    live = LiveClassifiers(models, config.learnt_folder)
    # Beside the first requests, which needn't wait for it: it takes 0.2 s.
    threading.Thread(target=warm_up, args=(live,), name="warm-up").start()
    return assemble(
        config,
        *live,
        limiter=limiter,
        lesson_limiter=lesson_limiter,
        drawing_limiter=drawing_limiter,
        batches=BatchProcess(live.model),
        live=live,
    )


def build_asgi(
    config: Config,
    models: Sequence[ServedModel],
    limiter: RateLimiter | None = None,
    lesson_limiter: RateLimiter | None = None,
    drawing_limiter: RateLimiter | None = None,
) -> Any:
    """Return the same as an ASGI application."""
    from backend.serving.asgi import AsgiApplication

    application = build(config, models, limiter, lesson_limiter, drawing_limiter)
    most = max(config.max_file_bytes, config.max_batch_bytes, config.max_json_bytes)
    return AsgiApplication(application, config.threads, most)


def _limiters(config: Config) -> tuple[RateLimiter | None, ...]:
    """The limiters of all requests, of corrections and of shared drawings, None where there is no limit."""
    of_lessons = config.teaching_rate_limit if config.teaching != "off" else 0
    of_drawings = config.sharing_rate_limit if config.sharing else 0
    return (
        RateLimiter(config.rate_limit, config.rate_burst) if config.rate_limit else None,
        RateLimiter(of_lessons, config.teaching_rate_burst) if of_lessons else None,
        RateLimiter(of_drawings, SHARING_BURST) if of_drawings else None,
    )


def serve_with_waitress(config: Config, models: Sequence[ServedModel]) -> int:
    """Serve from one process with threads."""
    import waitress

    waitress.serve(
        build(config, models, *_limiters(config)),
        host=config.host,
        port=config.port,
        threads=config.threads,
        max_request_body_size=max(config.max_file_bytes, config.max_batch_bytes),
        ident=None,
    )
    return 0


def serve_with_gunicorn(config: Config, models: Sequence[ServedModel]) -> int:
    """Serve from one worker process a core, each replaced if it dies."""
    shared_metrics = tempfile.mkdtemp(prefix="digit-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared_metrics
    parent = os.getpid()
    try:
        _gunicorn(config, models).run()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        if os.getpid() == parent:  # workers leave through here too, while others still count
            shutil.rmtree(shared_metrics, ignore_errors=True)
    return 0


def _gunicorn(config: Config, models: Sequence[ServedModel]) -> Any:
    from gunicorn.app.base import BaseApplication
    from uvicorn_worker import UvicornWorker

    from backend.serving.connections import BoundedConnection

    limiters = _limiters(config)

    class Connection(BoundedConnection):
        body_timeout = config.body_timeout

    class Worker(UvicornWorker):
        CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
            "http": Connection,
            "interface": "asgi3",
            "lifespan": "off",
            "ws": "none",
            "access_log": False,
            "server_header": False,
            "proxy_headers": False,  # the application knows how many proxies it believes
            "timeout_graceful_shutdown": config.graceful_timeout,
            "timeout_notify": 1,  # s
        }

        async def callback_notify(self) -> None:
            if os.getppid() != self.ppid:  # whoever would replace us is gone: then so are we
                os.kill(os.getpid(), signal.SIGTERM)
            await super().callback_notify()

        def handle_exit(self, sig: int, frame: Any) -> None:
            # Uvicorn overlooks SIGQUIT, which workers get where the main process alone gets a Ctrl-C.
            os.kill(os.getpid(), signal.SIGTERM)

        def init_signals(self) -> None:
            super().init_signals()
            # While it loads, and once all is answered: SystemExit, raised while a module is imported,
            # would come out as an ImportError. In between the event loop has handlers of its own.
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
                signal.signal(number, lambda *_: os._exit(0))

    class Application(BaseApplication):
        def load_config(self) -> None:
            host = f"[{config.host}]" if ":" in config.host else config.host
            settings = {
                "bind": f"{host}:{config.port}",
                "workers": config.workers,
                "worker_class": Worker,
                "timeout": config.worker_timeout,
                "graceful_timeout": config.graceful_timeout,
                "keepalive": 75,
                "loglevel": "warning",
                "proc_name": "digit-api",
                # A listening socket a worker: sharing one, a worker may take every kept-alive client.
                "reuse_port": hasattr(socket, "SO_REUSEPORT"),
                "control_socket_disable": True,
                "pre_fork": _keep_shared,
                "child_exit": _forget_worker,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            application = build_asgi(config, models, *limiters)
            gc.collect()
            gc.freeze()  # what is there now stays: each full collection would go through it, for nothing
            return application

    return Application()


def _keep_shared(_server: Any, _worker: Any) -> None:
    # A worker's first full collection would write to all objects that it has from here, and with that copy
    # the memory that they share: 7 MB, some minutes after it began.
    gc.freeze()


def _forget_worker(_server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
