"""Two servers start and end as one."""

import http.client
import signal
import socket
import subprocess
import sys
import textwrap

import psutil
import pytest

from backend.reading.settings import REPOSITORY
from backend.serving.config import Config
from backend.serving.start import main, where
from backend.tests.running import free_port, wait_until

pytestmark = pytest.mark.slow

# A server that answers after a while, with a process of its own as gunicorn has them.
SERVER = """
import http.server, pathlib, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
time.sleep({delay})
http.server.HTTPServer(("{host}", {port}), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
# Whoever runs the tests may ignore a hang-up, as `nohup` does, and what they start would too.
LAUNCHER = """
import os, pathlib, signal, sys
from backend.serving.start import Server, run_together
signal.signal(signal.SIGHUP, signal.SIG_DFL)
commands = {commands!r}
servers = [Server(name, [sys.executable, "-c", code], pathlib.Path({folder!r}), host, port)
           for name, (code, host, port) in commands.items()]
sys.exit(run_together(servers, os.environ, {grace}, lambda: print("ready", flush=True)))
"""


class Launched:
    """`run_together` as a process, with what it printed and every process below it."""

    def __init__(self, folder, commands, grace=30):
        code = LAUNCHER.format(commands=commands, folder=str(folder), grace=grace)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """End it as a person would who had enough of it, whatever a failed test left running."""
        if self.process.poll() is None:
            left = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            for process in left:
                process.kill()

    def is_ready(self):
        return self.process.stdout.readline() == "ready\n"

    def below(self, count):
        """Return the processes below it, as soon as there are `count`."""
        launcher = psutil.Process(self.process.pid)
        wait_until(lambda: len(launcher.children(recursive=True)) == count, 30)
        return launcher.children(recursive=True)

    def ended(self, below):
        """Return (exit code, output, errors) once it has ended; none of `below` may outlive it."""
        output, errors = self.process.communicate(timeout=60)
        left = psutil.wait_procs(below, timeout=5)[1]  # what init has to reap is gone a moment later
        for process in left:
            process.kill()
        assert not left
        return self.process.returncode, output, errors


def two_servers(host="127.0.0.1", delay=0.0):
    ports = [free_port(), free_port()]
    return {
        name: (SERVER.format(port=port, host=host, delay=delay), host, port)
        for name, port in zip(("One", "Two"), ports, strict=True)
    }


def lan_address():
    """Return an address of this machine that isn't the loopback."""
    found = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET and not address.address.startswith("127.")
    ]
    if not found:
        pytest.skip("this machine has no address but the loopback")
    return found[0]


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_end_ends_both_servers_and_what_they_started(tmp_path, told):
    with Launched(tmp_path, two_servers()) as launched:
        assert launched.is_ready()
        below = launched.below(4)
        launched.process.send_signal(told)
        assert launched.ended(below)[0] == 0


def test_servers_that_are_still_starting_end_too(tmp_path):
    with Launched(tmp_path, two_servers(delay=600)) as launched:
        below = launched.below(4)
        launched.process.send_signal(signal.SIGINT)
        code, output, _ = launched.ended(below)
        assert (code, output) == (0, "")


@pytest.mark.parametrize("index", [0, 1])
def test_a_server_that_ends_by_itself_ends_the_other_and_is_named(tmp_path, index):
    servers = two_servers()
    with Launched(tmp_path, servers) as launched:
        assert launched.is_ready()
        below = launched.below(4)
        (victim,) = [
            process
            for process in below
            if str(list(servers.values())[index][2]) in " ".join(process.cmdline())
        ]
        victim.kill()
        code, _, errors = launched.ended(below)
        assert code == 1
        assert f"{list(servers)[index]} has ended" in errors


def test_servers_on_an_address_of_the_network_are_found_ready(tmp_path):
    servers = two_servers(host=lan_address())
    with Launched(tmp_path, servers) as launched:
        assert launched.is_ready()
        below = launched.below(4)
        _, host, port = servers["Two"]
        connection = http.client.HTTPConnection(host, port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        launched.process.send_signal(signal.SIGTERM)
        assert launched.ended(below)[0] == 0


def test_ctrl_c_pressed_again_ends_a_server_that_will_not_end(tmp_path):
    code = textwrap.dedent(f"""
        import pathlib, signal, time
        signal.signal(signal.SIGTERM, lambda *_: pathlib.Path({str(tmp_path / "asked")!r}).touch())
        while True: time.sleep(1)
    """)
    with Launched(tmp_path, {"Stubborn": (code, "127.0.0.1", free_port())}, grace=600) as launched:
        below = launched.below(1)
        wait_until(lambda: below[0].cmdline() and _handles(below[0].pid, signal.SIGTERM), 30)
        launched.process.send_signal(signal.SIGINT)
        wait_until((tmp_path / "asked").exists, 30)
        launched.process.send_signal(signal.SIGINT)
        assert launched.ended(below)[0] == 0


def _handles(pid, number):
    """Whether the process has begun to handle a signal (known on Linux alone)."""
    try:
        with open(f"/proc/{pid}/status") as status:
            caught = next(line for line in status if line.startswith("SigCgt"))
    except FileNotFoundError:
        return True
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def test_the_address_to_type_is_the_one_that_is_served():
    assert "Draw at http://localhost:3000 " in where(Config())
    assert "On another device" not in where(Config())
    assert "Draw at http://192.0.2.7:8080 " in where(Config(web_host="192.0.2.7", web_port=8080))
    assert "Ctrl-C stops all." in where(Config(together=True))


def test_another_device_is_told_the_machines_address(monkeypatch):
    monkeypatch.setattr("backend.serving.start.machine_addresses", lambda: ["192.0.2.7"])
    told = where(Config(host="0.0.0.0", web_host="0.0.0.0"))
    assert "Draw at http://localhost:3000 " in told
    assert "On another device: http://192.0.2.7:3000\n" in told


def test_a_setting_that_makes_no_sense_is_said_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("WEB_PORT", "http")
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("error: WEB_PORT must be")
