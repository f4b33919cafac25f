"""How long `streamlit run app.py` takes from its launch until it can serve: the first time, and every other time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import (
    Server,
    bare_server,
    fresh_folder,
    pentagram_server,
    print_lines,
    print_table,
    seconds_line,
)
from services.settings import ROOT

RUNS = 5
COLD_SECONDS = 3.0
SECOND_SECONDS = 1.5
PACKAGES_SHOWN = 12
IMPORTED = re.compile(r"import time:\s*(?P<us>\d+) \|\s*\d+ \|\s*(?P<package>\w+)")

STEPS = """
import sys, time
sys.path.insert(0, ".")
last = time.perf_counter()
def step(name):
    global last
    print(name, time.perf_counter() - last, sep="\\t", flush=True)
    last = time.perf_counter()
import streamlit.web.cli, streamlit.web.server.starlette
step("import Streamlit and its server")
import app
step("import Pentagram")
from services import bootstrap
from services.platform.migrations import migrate
from services.settings import load_settings
house = bootstrap.build(load_settings())
step("read settings, wire services")
house.server.start()
step("start Postgres (the first time: make it)")
migrate(house.db.conninfo())
step("migrations")
house.db.open()
house.db.value("select 1")
step("first connection")
house.start_worker()
step("ask for demo posts, start the worker")
house.readiness()
step("answer /readyz")
house.close()
"""


def timed(server: Server, *python_flags: str) -> float:
    with server.stopped_afterwards():
        return server.start(*python_flags)


def one_round() -> tuple[float, float, float]:
    """The first start, a bare server's start, the second start."""
    with fresh_folder() as home, fresh_folder() as empty:
        return timed(pentagram_server(home)), timed(bare_server(empty)), timed(pentagram_server(home))


def steps(home: Path) -> dict[str, float]:
    """The parts of a start one after the other, without the HTTP server between them."""
    output = subprocess.run(
        [sys.executable, "-c", STEPS], cwd=ROOT, env={**os.environ, "PENTAGRAM_HOME": str(home)}, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    return {name: float(seconds) for name, seconds in (line.split("\t") for line in output.splitlines())}


def print_steps() -> None:
    with fresh_folder() as home:
        first, second = steps(home), steps(home)
    rows = [[name, f"{first[name] * 1000:,.0f} ms", f"{second[name] * 1000:,.0f} ms"] for name in first]
    print_table(["Where a start spends its time (one run)", "first", "second"], rows)


def imports(server: Server) -> Counter[str]:
    """Microseconds spent in the import of each package until the server was ready, slowed by the watching itself."""
    timed(server, "-X", "importtime")
    spent: Counter[str] = Counter()
    for line in server.log.read_text(errors="replace").splitlines():
        if found := IMPORTED.match(line):
            spent[found["package"]] += int(found["us"])
    return spent


def print_imports() -> None:
    with fresh_folder() as home, fresh_folder() as empty:
        timed(pentagram_server(home))
        pentagram_server(home).log.unlink()
        ours, bare = imports(pentagram_server(home)), imports(bare_server(empty))
    more = ours.copy()
    more.subtract(bare)
    rows = [
        [name, f"{ours[name] / 1000:,.0f} ms", f"{bare[name] / 1000:,.0f} ms"]
        for name, _ in more.most_common(PACKAGES_SHOWN)
    ]
    rows.append(["all packages", f"{ours.total() / 1000:,.0f} ms", f"{bare.total() / 1000:,.0f} ms"])
    print_table(["Packages imported until ready (one run)", "Pentagram", "bare"], rows)


def main() -> None:
    cold, bare, second = zip(*(one_round() for _ in range(RUNS)), strict=True)
    print_lines(
        [
            seconds_line("first start", cold, bare, most_s=COLD_SECONDS),
            seconds_line("second start", second, bare, most_s=SECOND_SECONDS),
        ],
        baseline="streamlit run of an empty page, until its health check answers",
    )
    print()
    print_steps()
    print()
    print_imports()


if __name__ == "__main__":
    main()
