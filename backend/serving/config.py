"""Configuration: environment variables become one validated, frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args
from urllib.parse import urlsplit

from backend.api.settings import ApiSettings, Teaching, database_url
from backend.reading.settings import settings_from_environment
from backend.serving.addresses import own_origins

LEAST_TOKEN = 16  # characters


class ConfigError(Exception):
    """A setting that can't be used; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Config(ApiSettings):
    """Everything that can be set, for reading, for the API and for its server."""

    host: str = "127.0.0.1"
    port: int = 5000
    web_host: str = "127.0.0.1"  # where our own page is served
    web_port: int = 3000
    workers: int = 1
    threads: int = 4
    graceful_timeout: int = 30  # s, for requests in flight when the server is told to stop
    worker_timeout: int = 30  # s, a worker that doesn't report for so long is replaced
    rate_limit: float = 0.0  # requests a second and client, 0 for no limit
    rate_burst: int = 20  # requests a client may make at once
    teaching_rate_limit: float = 10.0  # corrections a second and client, 0 for no limit
    teaching_rate_burst: int = 200  # corrections a client may send at once: a class shares an address
    sharing_rate_limit: float = 1.0  # drawings shared a second and client, 0 for no limit
    together: bool = False  # whether rooms are served in which several people draw
    together_port: int = 5050
    letters: bool = True  # whether letters are read beside digits


def config_from_environment(environment: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration that `environment` asks for; the README lists the variables.

    Raises ConfigError with a sentence naming the variable that can't be used.
    """
    reading = settings_from_environment(environment)
    # A page that other devices open needs an API that they reach, and the other way round.
    host = environment.get("API_HOST") or environment.get("WEB_HOST") or Config.host
    web_host = environment.get("WEB_HOST") or host
    web_port = _number(environment, "WEB_PORT", Config.web_port, 1, 65535)
    origins = environment.get("API_ORIGINS")
    teaching = _teaching(environment)
    return Config(
        host=host,
        port=_number(environment, "API_PORT", Config.port, 1, 65535),
        web_host=web_host,
        web_port=web_port,
        origins=_origins(origins) if origins else own_origins(web_host, web_port),
        workers=_number(environment, "API_WORKERS", _cores(), 1, 256),
        threads=_number(environment, "API_THREADS", Config.threads, 1, 256),
        graceful_timeout=_number(environment, "API_GRACEFUL_TIMEOUT", Config.graceful_timeout, 1, 3600),
        body_timeout=_number(environment, "API_BODY_TIMEOUT", int(Config.body_timeout), 1, 3600),
        rate_limit=_number(environment, "API_RATE_LIMIT", 0, 0, 1_000_000),
        rate_burst=_number(environment, "API_RATE_BURST", Config.rate_burst, 1, 1_000_000),
        trusted_proxies=_number(environment, "API_TRUSTED_PROXIES", 0, 0, 8),
        model_path=reading.model_path,
        letters=_switch(environment, "API_LETTERS"),
        letters_model_path=reading.letters_model_path,
        cache_folder=reading.cache_folder,
        learnt_folder=reading.learnt_folder,
        together=_switch(environment, "TOGETHER", "off"),
        together_port=_number(environment, "TOGETHER_PORT", Config.together_port, 1, 65535),
        sharing=_switch(environment, "SHARING", "off"),
        drawing_days=_number(environment, "SHARING_DAYS", Config.drawing_days, 1, 3650),
        max_drawings=_number(environment, "SHARING_LIMIT", Config.max_drawings, 1, 10_000_000),
        sharing_rate_limit=_number(environment, "SHARING_RATE_LIMIT", 1, 0, 1_000_000),
        teaching=teaching,
        teaching_token=_token(environment) if teaching == "token" else "",
        database_url=_database(environment),
        teaching_rate_limit=_number(environment, "TEACHING_RATE_LIMIT", 10, 0, 1_000_000),
        teaching_rate_burst=_number(
            environment, "TEACHING_RATE_BURST", Config.teaching_rate_burst, 1, 1_000_000
        ),
        max_corrections=_number(environment, "TEACHING_LIMIT", Config.max_corrections, 1, 10_000_000),
        max_corrections_each=_number(
            environment, "TEACHING_LIMIT_EACH", Config.max_corrections_each, 1, 10_000_000
        ),
    )


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, got {text!r}.")
    return int(text)


def _switch(environment: Mapping[str, str], name: str, default: str = "on") -> bool:
    text = environment.get(name) or default
    if text not in ("on", "off"):
        raise ConfigError(f"{name} must be on or off, got {text!r}.")
    return text == "on"


def _teaching(environment: Mapping[str, str]) -> Teaching:
    text = environment.get("TEACHING") or "off"
    if text not in get_args(Teaching):
        raise ConfigError(f"TEACHING must be off, on or token, got {text!r}.")
    return cast(Teaching, text)


def _token(environment: Mapping[str, str]) -> str:
    text = environment.get("TEACHING_TOKEN", "")
    if len(text) < LEAST_TOKEN or not (text.isascii() and text.isprintable()) or " " in text:
        raise ConfigError(
            f"TEACHING=token needs a TEACHING_TOKEN of at least {LEAST_TOKEN} ASCII characters, no spaces."
        )
    return text


def _database(environment: Mapping[str, str]) -> str:
    try:
        return database_url(environment)
    except ValueError as error:
        raise ConfigError(str(error)) from None


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or "*" in origin or parts.path:
            raise ConfigError(
                f"API_ORIGINS must list origins such as http://localhost:3000, without wildcards "
                f"or paths, got {origin!r}."
            )
    return origins


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1
