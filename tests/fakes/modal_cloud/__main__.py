"""`python -m tests.fakes.modal_cloud --home FOLDER [--port N] [--deploy FILE]`: the stand-in for use by hand."""

from __future__ import annotations

import argparse
import signal
import tempfile
import threading
from pathlib import Path

from tests.fakes.modal_cloud import ModalCloud


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in of Modal's cloud on loopback, until it is interrupted.")
    parser.add_argument("--home", type=Path, default=None, help="where volumes and logs are kept")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--deploy", type=Path, default=None, help="a file to deploy at the start")
    options = parser.parse_args()
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with ModalCloud(options.home or Path(tempfile.mkdtemp(prefix="modal-cloud-")), options.port) as cloud:
        print(*(f"export {name}={value}" for name, value in cloud.environment().items()), sep="\n", flush=True)  # noqa: T201
        if options.deploy is not None:
            print(cloud.deploy(options.deploy.absolute()), flush=True)  # noqa: T201
        interrupted.wait()


if __name__ == "__main__":
    main()
