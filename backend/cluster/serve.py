"""The API on a Ray cluster, by Ray Serve: `serve run backend.cluster.serve:app`.

It is the application that `python -m backend` serves, in replicas of one core each; more are started where
requests wait. What one machine alone can keep is left to the proxy in front: docs/cluster.md says what.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ray import serve

from backend.serving.config import Config, ConfigError, config_from_environment

Message = MutableMapping[str, Any]
Application = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Any]

# A replica computes on one core: with two requests in flight it is busy while one of them is on its way.
SCALING = {"min_replicas": 1, "max_replicas": 100, "target_ongoing_requests": 2}
MOST_ONGOING = 4 * Config.threads  # requests to a replica; plain predictions take no thread


def build_api() -> Application:
    """Return the API as an ASGI application, its models loaded, as the environment of this process says.

    Raises ConfigError, ModelError where it can't be served.
    """
    from backend.api.store import prepare_store
    from backend.reading.model_files import prepare_models
    from backend.serving.server import build_asgi

    config = config_from_environment()
    if config.rate_limit:
        raise ConfigError("API_RATE_LIMIT counts the requests to one machine: let the cluster's proxy limit.")
    models = prepare_models(config, config.letters)
    prepare_store(config)
    application = build_asgi(config, models)

    async def answer(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await application(scope, receive, send)
        while scope["type"] == "lifespan":  # Ray begins and ends it, and there is nothing more to do
            told = (await receive())["type"]
            await send({"type": f"{told}.complete"})
            if told == "lifespan.shutdown":
                return

    return answer


@serve.deployment(
    max_ongoing_requests=MOST_ONGOING,
    autoscaling_config=SCALING,
    ray_actor_options={"num_cpus": 1},
)
@serve.ingress(build_api)
class Api:
    """A replica of the API."""


app = Api.bind()  # type: ignore[attr-defined]
