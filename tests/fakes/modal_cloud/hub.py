"""A stand-in of the Hugging Face hub on loopback, as far as downloads ask it: each repository is a folder."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

TREE = re.compile(r"/api/models/([^/]+/[^/]+)/tree/[^/]+")
MODEL = re.compile(r"/api/models/([^/]+/[^/]+)(?:/revision/[^/]+)?")
FILE = re.compile(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")


class Hub(ThreadingHTTPServer):
    """`with Hub({source: (revision, folder)}) as hub:` listens on `hub.url`, which is what HF_ENDPOINT would be."""

    def __init__(self, repositories: dict[str, tuple[str, Path]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories = repositories
        self.served: list[str] = []
        """The files that were downloaded, with their repositories."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Hub:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join(5)

    def files(self, source: str) -> dict[str, Path]:
        folder = self.repositories[source][1]
        return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}

    def described(self, source: str) -> bytes:
        siblings = [{"rfilename": name} for name in self.files(source)]
        told = {"id": source, "modelId": source, "sha": self.repositories[source][0], "siblings": siblings}
        return json.dumps(told).encode()

    def tree(self, source: str) -> bytes:
        files = [
            {"type": "file", "path": name, "size": path.stat().st_size, "oid": "0" * 40}
            for name, path in self.files(source).items()
        ]
        return json.dumps(files).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> Hub:
        return cast("Hub", self.server)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if told := MODEL.fullmatch(path):
            self._answer(self.hub.described(told[1]))
        elif told := TREE.fullmatch(path):
            self._answer(self.hub.tree(told[1]))
        elif told := FILE.fullmatch(path):
            self._file(told[1], told[2], told[3])
        else:
            self._answer(b"", 404)

    def _file(self, source: str, revision: str, name: str) -> None:
        file = self.hub.files(source).get(name)
        if file is None:
            self._answer(b"", 404, {"X-Error-Code": "EntryNotFound"})
            return
        if self.command == "GET":
            self.hub.served.append(f"{source}/{name}")
        data = file.read_bytes()
        self._answer(data, 200, {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": revision})

    def _answer(self, data: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""
