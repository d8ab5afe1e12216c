"""The processes of an installation: web (gunicorn) and worker, as children that end when the parent does.

The parent itself imports no Django, so that it costs little memory while it waits.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

#: Seconds that a child has to finish what it is doing.
PATIENCE = 15


def main(command: str, words: Sequence[str]) -> int:
    began = time.monotonic()
    asked = _options(command).parse_args(words)
    os.environ["COMMONWEAL_ADDRESS"] = os.environ.get("COMMONWEAL_ADDRESS", f"http://localhost:{asked.port}")
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, _leave)
    gather = ["build_town"] if command == "demo" else ["collectstatic", "--no-input", "--verbosity", "0"]
    preparation = ["migrate", "--verbosity", "0"], gather
    for step in preparation:
        if failed := subprocess.call(_commonweal(*step)):
            return failed
    children = [subprocess.Popen(_web(asked)), subprocess.Popen(_commonweal("work"))]
    try:
        if _answers(asked.port, children):
            print(f"Ready after {time.monotonic() - began:.1f} s: http://localhost:{asked.port}/", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return 1
    finally:
        _end(children)


def _options(command: str) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog=f"commonweal {command}")
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--host", default="127.0.0.1", help="the address to listen on (loopback unless told)")
    options.add_argument("--processes", type=int, default=1, help="web processes")
    options.add_argument("--threads", type=int, default=8, help="threads in each")
    return options


def _web(asked: argparse.Namespace) -> list[str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "commonweal.site.wsgi", "--bind", f"{asked.host}:{asked.port}"]
    shape = ["--worker-class", "gthread", "--workers", str(asked.processes), "--threads", str(asked.threads)]
    return [*gunicorn, *shape, "--preload", "--no-control-socket", "--log-level", "warning"]


def _commonweal(*words: str) -> list[str]:
    return [sys.executable, "-m", "commonweal.cli", *words]


def _answers(port: int, children: Sequence[subprocess.Popen[bytes]]) -> bool:
    """Wait until the web process listens, or one of the children has ended."""
    while all(child.poll() is None for child in children):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
