"""Under which addresses the servers of this machine are reached."""

import ipaddress

import pytest

from backend.serving import addresses
from backend.serving.addresses import machine_addresses, own_origins, reached_here, url


@pytest.mark.parametrize(
    ("host", "port", "expected"),
    [
        ("localhost", 3000, "http://localhost:3000"),
        ("192.0.2.7", 80, "http://192.0.2.7"),
        ("::1", 5000, "http://[::1]:5000"),
    ],
)
def test_an_address_is_written_as_a_browser_writes_it(host, port, expected):
    assert url(host, port) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("0.0.0.0", "localhost"), ("::", "localhost"), ("127.0.0.1", "localhost"), ("192.0.2.7", "192.0.2.7")],
)
def test_this_machine_reaches_a_server_where_it_listens(host, expected):
    assert reached_here(host) == expected


def test_the_addresses_that_others_know_are_never_the_loopback():
    assert not [address for address in machine_addresses() if ipaddress.ip_address(address).is_loopback]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_page_served_everywhere_may_be_opened_at_every_address(monkeypatch, host):
    monkeypatch.setattr(addresses, "machine_addresses", lambda: ["192.0.2.7", "198.51.100.7"])
    assert own_origins(host, 3000) == (
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        "http://192.0.2.7:3000",
        "http://198.51.100.7:3000",
    )


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", ("http://localhost:80", "http://127.0.0.1:80")),
        ("::1", ("http://localhost:80", "http://127.0.0.1:80", "http://[::1]:80")),
        ("192.0.2.7", ("http://192.0.2.7:80",)),
        ("laptop.local", ("http://laptop.local:80",)),
    ],
)
def test_a_page_served_at_one_address_has_that_origin(host, expected):
    assert own_origins(host, 8080) == tuple(origin.replace(":80", ":8080") for origin in expected)
    assert own_origins(host, 80) == tuple(origin.removesuffix(":80") for origin in expected)
