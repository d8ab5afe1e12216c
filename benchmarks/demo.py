"""How soon the demonstration place shows its first page, and what it costs in memory: `./run bench demo`.

A new database each time, with the wheels installed: what is timed is `commonweal demo` from the word to the first
page. Memory is the sum of the proportional set sizes (PSS) of all its processes, after a walk through some pages.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HEAVY = ("numba", "numpy", "scipy", "llvmlite")
PAGES = ("/", "/understand/", "/plan/", "/do/", "/review/", "/town/", "/published/", "/review/accountability/")


def main() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "COMMONWEAL_MODE": "demo", "COMMONWEAL_VAR": var}
        began = time.monotonic()
        command = [sys.executable, "-m", "commonweal.cli", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _first_page(f"http://127.0.0.1:{port}/", demo)
            print(f"first page after {time.monotonic() - began:.1f} s with a new database")
            for page in PAGES:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{page}").read()
            time.sleep(3)
            family = _family(demo.pid)
            for pid in family:
                print(f"{_pss(pid):7.1f} MB  {Path(f'/proc/{pid}/cmdline').read_text().replace(chr(0), ' ')[-60:]}")
            heavy = sorted(
                {name for pid in family for name in HEAVY if f"/{name}/" in Path(f"/proc/{pid}/maps").read_text()}
            )
            print(
                f"{sum(map(_pss, family)):7.1f} MB in all (PSS); heavy libraries loaded: {', '.join(heavy) or 'none'}"
            )
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(20)
    return 0


def _first_page(url: str, demo: subprocess.Popen[bytes]) -> None:
    while demo.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=30).read()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the demonstration place ended by itself")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
