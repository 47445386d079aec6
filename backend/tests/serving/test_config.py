"""Environment variables become a validated configuration."""

import pytest

from backend.serving.config import Config, ConfigError, config_from_environment


def test_the_defaults_are_those_of_a_development_machine():
    config = config_from_environment({})
    assert (config.host, config.port) == ("127.0.0.1", 5000)
    assert config.origins == ("http://localhost:3000", "http://127.0.0.1:3000")
    assert config.rate_limit == 0
    assert config.workers >= 1


def test_variables_are_heard():
    config = config_from_environment(
        {
            "API_HOST": "0.0.0.0",
            "API_PORT": "8080",
            "WEB_PORT": "4000",
            "API_WORKERS": "3",
            "API_RATE_LIMIT": "5",
        }
    )
    assert (config.host, config.port, config.workers, config.rate_limit) == ("0.0.0.0", 8080, 3, 5)
    assert config.origins[:2] == ("http://localhost:4000", "http://127.0.0.1:4000")


@pytest.mark.parametrize(
    ("api_host", "web_host", "expected"),
    [
        ("", "", ("127.0.0.1", "127.0.0.1")),
        ("", "0.0.0.0", ("0.0.0.0", "0.0.0.0")),
        ("192.0.2.7", "", ("192.0.2.7", "192.0.2.7")),
        ("127.0.0.1", "0.0.0.0", ("127.0.0.1", "0.0.0.0")),
    ],
)
def test_a_page_that_other_devices_open_gets_an_api_that_they_reach(api_host, web_host, expected):
    config = config_from_environment({"API_HOST": api_host, "WEB_HOST": web_host})
    assert (config.host, config.web_host) == expected


def test_letters_can_be_left_out_and_their_model_be_another():
    assert config_from_environment({}).letters is True
    config = config_from_environment({"API_LETTERS": "off", "LETTERS_MODEL_PATH": "/models/mine.keras"})
    assert (config.letters, str(config.letters_model_path)) == (False, "/models/mine.keras")


def test_short_links_are_off_unless_wanted():
    assert config_from_environment({}).sharing is False
    config = config_from_environment(
        {"SHARING": "on", "SHARING_DAYS": "7", "SHARING_LIMIT": "5", "SHARING_RATE_LIMIT": "0"}
    )
    assert (config.sharing, config.drawing_days, config.max_drawings, config.sharing_rate_limit) == (
        True,
        7,
        5,
        0,
    )


def test_rooms_are_off_unless_wanted():
    assert config_from_environment({}).together is False
    config = config_from_environment({"TOGETHER": "on", "TOGETHER_PORT": "5999"})
    assert (config.together, config.together_port) == (True, 5999)


def test_teaching_is_off_unless_wanted():
    config = config_from_environment({})
    assert (config.teaching, config.teaching_token) == ("off", "")
    assert config.database_url.startswith("sqlite:///")
    assert config.database_url.endswith("/handwritten-digit-recognition/corrections.sqlite3")


def test_teaching_can_be_set_up():
    config = config_from_environment(
        {
            "TEACHING": "token",
            "TEACHING_TOKEN": "sixteen-letters-",
            "TEACHING_LIMIT": "500",
            "TEACHING_LIMIT_EACH": "50",
            "TEACHING_RATE_LIMIT": "0",
            "TEACHING_RATE_BURST": "7",
        }
    )
    assert (config.teaching, config.teaching_token) == ("token", "sixteen-letters-")
    assert (config.max_corrections, config.max_corrections_each) == (500, 50)
    assert (config.teaching_rate_limit, config.teaching_rate_burst) == (0, 7)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://ann:secret@db/digits", "postgresql+psycopg://ann:secret@db/digits"),
        (
            "postgresql://db:5433/digits?sslmode=require",
            "postgresql+psycopg://db:5433/digits?sslmode=require",
        ),
        ("postgresql+psycopg:///digits?host=/run", "postgresql+psycopg:///digits?host=/run"),
        ("sqlite:////var/lib/digits.sqlite3", "sqlite:////var/lib/digits.sqlite3"),
    ],
)
def test_the_database_is_sqlites_or_postgresqls(given, used):
    assert config_from_environment({"DATABASE_URL": given}).database_url == used


@pytest.mark.parametrize(
    "given",
    [
        "digits.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://ann:secret@db/digits",
        "postgresql://ann:secret@db",
        "postgresql://ann:secret@db:port/digits",
        "postgresql://ann:secret@[db/digits",
        "postgresql:digits",
    ],
)
def test_another_database_is_refused_without_saying_its_address(given):
    with pytest.raises(ConfigError, match="DATABASE_URL must be") as refused:
        config_from_environment({"DATABASE_URL": given})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("token", ["", "short", "fifteen-letters", "sixteen letters-", "sixteen-lettérs-"])
def test_a_token_must_be_long_and_fit_a_header(token):
    with pytest.raises(ConfigError, match="TEACHING_TOKEN") as refused:
        config_from_environment({"TEACHING": "token", "TEACHING_TOKEN": token})
    assert not token or token not in str(refused.value)


def test_empty_variables_are_as_absent():
    assert config_from_environment({"API_PORT": "", "API_ORIGINS": "", "API_HOST": ""}).port == 5000


def test_origins_can_be_listed():
    config = config_from_environment({"API_ORIGINS": "https://a.example, http://b.example:8000"})
    assert config.origins == ("https://a.example", "http://b.example:8000")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("API_PORT", "http"),
        ("API_PORT", "65536"),
        ("API_PORT", "-1"),
        ("API_PORT", "5e3"),
        ("API_PORT", "٥٠٠٠"),
        ("API_PORT", "1" * 5000),
        ("WEB_PORT", "0"),
        ("API_WORKERS", "0"),
        ("API_WORKERS", "1.5"),
        ("API_THREADS", "many"),
        ("API_RATE_LIMIT", "-3"),
        ("API_ORIGINS", "*"),
        ("API_ORIGINS", "http://*.example"),
        ("API_ORIGINS", "localhost:3000"),
        ("API_ORIGINS", "http://a.example/path"),
        ("API_ORIGINS", "null"),
        ("API_LETTERS", "no"),
        ("TEACHING", "yes"),
        ("TEACHING_LIMIT", "0"),
        ("TEACHING_RATE_BURST", "0"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(name, text):
    with pytest.raises(ConfigError, match=name):
        config_from_environment({name: text})


def test_the_configuration_cannot_be_changed():
    with pytest.raises(AttributeError):
        Config().port = 1  # type: ignore[misc]
