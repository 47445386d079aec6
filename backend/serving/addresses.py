"""Under which addresses a server on this machine is reached."""

import ipaddress
import socket

import psutil

ANYWHERE = ("0.0.0.0", "::")  # a server that listens there listens on every address of the machine
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def url(host: str, port: int) -> str:
    """Return `http://host:port` as a browser writes it: without the port where it is HTTP's own."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}" if port == 80 else f"http://{name}:{port}"


def reached_here(host: str) -> str:
    """Return the host under which this very machine reaches a server that listens on `host`."""
    return "localhost" if host in ANYWHERE or host in LOOPBACK else host


def own_origins(host: str, port: int) -> tuple[str, ...]:
    """Return the origins that a page may have that is served on `host` and `port` of this machine."""
    if host in ANYWHERE:
        hosts = ["localhost", "127.0.0.1", *machine_addresses()]
    elif host in LOOPBACK:
        hosts = list(dict.fromkeys(["localhost", "127.0.0.1", host]))
    else:
        hosts = [host]
    return tuple(url(host, port) for host in hosts)


def machine_addresses() -> list[str]:
    """Return the IPv4 addresses by which other devices know this machine, the likeliest first."""
    found = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET and not ipaddress.ip_address(address.address).is_loopback
    ]
    outward = _outward_address()
    return sorted(dict.fromkeys(found), key=lambda address: address != outward)


def _outward_address() -> str | None:
    """Return the address from which this machine would speak to the internet, None without a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737); nothing is sent
        except OSError:
            return None
        return str(probe.getsockname()[0])
